import { Driver } from "./driver";
import { isRefusedLogin } from "./rotation-error";

/** Counts the logins that servers refuse, for the metrics. A function's process runs one step at a time. */
export class RefusedLogins {
  private count = 0;

  /** The same driver, counted. */
  counting(driver: Driver): Driver {
    const connect: Driver["connect"] = async (login, budget) => {
      try {
        return await driver.connect(login, budget);
      } catch (error) {
        if (isRefusedLogin(error)) this.count += 1;
        throw error;
      }
    };
    return { ...driver, connect };
  }

  /** How many there were since the last time it was asked. */
  take(): number {
    const { count } = this;
    this.count = 0;
    return count;
  }
}
