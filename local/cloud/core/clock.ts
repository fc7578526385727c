/** The cloud's own time, so that a test can move it by days. Never set back. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}
