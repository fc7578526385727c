/**
 * Shape of an operation's input: checks required members, lengths, patterns, ranges and enumerations as AWS's API models
 * state them and words violations as AWS does ("1 validation error detected: Value '' at 'secretId' failed to satisfy
 * constraint: Member must have length greater than or equal to 1").
 */
export interface Shape<T> {
  /** The value, or the constraint it breaks, each with its path in AWS's spelling. */
  check(value: unknown, path: string): ShapeResult<T>;
  /** What the text protocols (query, REST) need to read a value of this shape from text; absent means text. */
  readonly form?: ShapeForm;
}

/** The JSON kind of a shape, and of its parts. */
export type ShapeForm =
  | { readonly kind: "text" | "number" | "boolean" | "blob" | "timestamp" | "any" }
  | { readonly kind: "list" | "map"; readonly of: Shape<unknown> }
  | { readonly kind: "structure"; readonly members: Readonly<Record<string, Shape<unknown>>> };

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

/** The value a shape yields. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

/** AWS's one sentence for all violations of a request. */
export function violationMessage(violations: readonly Violation[]): string {
  const texts = violations.map(({ path, constraint, value }) => {
    const shown = value === undefined ? "Value" : `Value '${value}'`;
    return `${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
  });
  const errors = violations.length === 1 ? "error" : "errors";
  return `${violations.length} validation ${errors} detected: ${texts.join("; ")}`;
}

/** AWS's name of a JSON value's kind in SerializationException. */
export function jsonKind(value: unknown): string {
  if (value === null) return "NULL_VALUE";
  if (Array.isArray(value)) return "START_ARRAY";
  if (typeof value === "object") return "START_OBJECT";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return typeof value === "number" ? "NUMBER_VALUE" : "STRING_VALUE";
}
