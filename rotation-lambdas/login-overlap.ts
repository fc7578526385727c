/**
 * Milliseconds that an application may take from reading AWSCURRENT to the end of its login: so long after AWSCURRENT has
 * moved the login before it is still accepted. A step with less time left does not wait.
 */
export const defaultLoginOverlapMs = 500;

/** How long the login before is accepted after AWSCURRENT has moved. */
export interface LoginOverlap {
  /** Milliseconds. @default defaultLoginOverlapMs */
  readonly overlapMs?: number;
}
