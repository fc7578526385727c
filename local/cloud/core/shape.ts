/**
 * Shape of an operation's input: checks required members, lengths, patterns, ranges and enumerations as AWS's API models
 * state them and words violations as AWS does ("1 validation error detected: Value '' at 'secretId' failed to satisfy
 * constraint: Member must have length greater than or equal to 1").
 */
export interface Shape<T> {
  /** The value, or the constraint it breaks, each with its path in AWS's spelling. */
  check(value: unknown, path: string): ShapeResult<T>;
}

export type ShapeResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly violations: readonly Violation[] }
  /** The JSON itself has the wrong type there: SerializationException. */
  | { readonly ok: false; readonly malformed: string };

export interface Violation {
  readonly path: string;
  readonly constraint: string;
  /** Absent for members whose value AWS never echoes (secret values). */
  readonly value?: string;
}
