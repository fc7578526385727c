import { Driver } from "./driver";
import { isRefusedLogin } from "./rotation-error";

type Call<A extends unknown[], R> = (...args: A) => Promise<R>;

/** Counts the logins that servers refuse, for the metrics. A function's process runs one step at a time. */
export class RefusedLogins {
  private count = 0;

  /** The same driver, counted. */
  counting(driver: Driver): Driver {
    return { ...driver, connect: this.countingErrors((login, budget) => driver.connect(login, budget)) };
  }

  /** The same call, of which each refused login that it fails with is counted. */
  countingErrors<A extends unknown[], R>(
    call: Call<A, R>,
    isRefusal: (error: unknown) => boolean = isRefusedLogin,
  ): Call<A, R> {
    return async (...args) => {
      try {
        return await call(...args);
      } catch (error) {
        if (isRefusal(error)) this.count += 1;
        throw error;
      }
    };
  }

  /** The same call, for services that answer a refused login as they answer anything else. */
  countingAnswers<A extends unknown[], R>(
    call: Call<A, R>,
    isRefusal: (answer: R, ...args: A) => boolean,
  ): Call<A, R> {
    return async (...args) => {
      const answer = await call(...args);
      if (isRefusal(answer, ...args)) this.count += 1;
      return answer;
    };
  }

  /** How many there were since the last time it was asked. */
  take(): number {
    const { count } = this;
    this.count = 0;
    return count;
  }
}
