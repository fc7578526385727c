import { Clock } from "./clock";

/** The machine's clock, moved ahead as tests like. */
export class CloudClock implements Clock {
  private ahead = 0;

  now(): number {
    return Date.now() + this.ahead;
  }

  /** @throws RangeError for a negative number: time never goes back */
  advance(seconds: number): void {
    if (!(seconds >= 0)) throw new RangeError("The clock cannot be set back.");
    this.ahead += seconds * 1000;
  }

  /** @param time milliseconds since the epoch @throws RangeError for a time before now */
  set(time: number): void {
    this.advance((time - this.now()) / 1000);
  }
}
