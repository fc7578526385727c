/**
 * What happens to one external call.
 *
 * - `stop-before`, `stop-after`: the process stops before the call is sent, or after it took effect and before its
 *   answer is seen; its connections break
 * - `stop-late`: the process stops, and what it sent takes effect while the rotation is repeated already; for calls that
 *   need no connection of their own, such as requests to AWS
 * - `break-before`, `break-after`: the same, but only the connection breaks and the process goes on (a lost reply)
 */
export type Interruption = "stop-before" | "stop-after" | "stop-late" | "break-before" | "break-after";

export const interruptions: readonly Interruption[] = [
  "stop-before",
  "stop-after",
  "stop-late",
  "break-before",
  "break-after",
];

/** The one call that is interrupted: the `at`-th, counted from 1. */
export interface Plan {
  readonly at: number;
  readonly interruption: Interruption;
}
