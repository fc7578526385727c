import { jsonKind, Shape, ShapeForm, ShapeResult, Violation } from "./shape-check";

/** Lengths are in characters. */
export interface StringLimits<E extends string = string> {
  readonly min?: number;
  readonly max?: number;
  /** Must match the whole value; shown in the violation by its source. */
  readonly pattern?: RegExp;
  readonly enum?: readonly E[];
  /** The violation does not echo the value. @default false */
  readonly sensitive?: boolean;
}

export function string<const E extends string = string>(limits: StringLimits<E> = {}): Shape<E> {
  return scalar<E>(
    { kind: "text" },
    (value) => typeof value === "string",
    "a String",
    (value, path) => {
      const at = (constraint: string): Violation => ({
        path,
        constraint,
        ...(limits.sensitive ? {} : { value }),
      });
      return [
        ...lengthConstraints(value.length, limits).map(at),
        ...(limits.pattern && !matchesWhole(limits.pattern, value)
          ? [at(`Member must satisfy regular expression pattern: ${limits.pattern.source}`)]
          : []),
        ...(limits.enum && !limits.enum.includes(value)
          ? [at(`Member must satisfy enum value set: [${limits.enum.join(", ")}]`)]
          : []),
      ];
    },
  );
}

export interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
}

export function integer(limits: NumberLimits = {}): Shape<number> {
  const isInteger = (value: unknown) => typeof value === "number" && Number.isInteger(value);
  return scalar<number>({ kind: "number" }, isInteger, "an Integer", (value, path) =>
    rangeConstraints(value, path, limits),
  );
}

export function number(limits: NumberLimits = {}): Shape<number> {
  const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
  return scalar<number>({ kind: "number" }, isNumber, "a Double", (value, path) =>
    rangeConstraints(value, path, limits),
  );
}

export function boolean(): Shape<boolean> {
  return scalar<boolean>(
    { kind: "boolean" },
    (value) => typeof value === "boolean",
    "a Boolean",
    () => [],
  );
}

/** Base64 text (or, from another service of this cloud, a Buffer) to a Buffer. Lengths are in bytes. */
export function blob(limits: { min?: number; max?: number; sensitive?: boolean } = {}): Shape<Buffer> {
  return {
    form: { kind: "blob" },
    check(value, path) {
      const bytes = toBytes(value);
      if (bytes === undefined)
        return { ok: false, malformed: `${jsonKind(value)} can not be converted to a Blob` };
      const constraints = lengthConstraints(bytes.length, limits);
      return result(
        bytes,
        constraints.map((constraint) => ({ path, constraint })),
      );
    },
  };
}

/** Seconds since the epoch, ISO 8601 text or a Date, to a Date. */
export function timestamp(): Shape<Date> {
  return {
    form: { kind: "timestamp" },
    check(value) {
      const date =
        value instanceof Date ? value : typeof value === "number" ? new Date(value * 1000) : parseDate(value);
      if (date === undefined || Number.isNaN(date.getTime())) {
        return { ok: false, malformed: `${jsonKind(value)} can not be converted to a Timestamp` };
      }
      return { ok: true, value: date };
    },
  };
}

/** Any JSON value, unchecked. */
export function anything(): Shape<unknown> {
  return { form: { kind: "any" }, check: (value) => ({ ok: true, value }) };
}

/** "Member must have length ..." for a length out of its limits. */
export function lengthConstraints(length: number, { min, max }: { min?: number; max?: number }): string[] {
  if (min !== undefined && length < min) return [`Member must have length greater than or equal to ${min}`];
  if (max !== undefined && length > max) return [`Member must have length less than or equal to ${max}`];
  return [];
}

export function result<T>(value: T, violations: readonly Violation[]): ShapeResult<T> {
  return violations.length === 0 ? { ok: true, value } : { ok: false, violations };
}

function scalar<T extends string | number | boolean>(
  form: ShapeForm,
  accepts: (value: unknown) => boolean,
  kindName: string,
  violations: (value: T, path: string) => readonly Violation[],
): Shape<T> {
  return {
    form,
    check(value, path) {
      if (!accepts(value))
        return { ok: false, malformed: `${jsonKind(value)} can not be converted to ${kindName}` };
      return result(value as T, violations(value as T, path));
    },
  };
}

function rangeConstraints(value: number, path: string, { min, max }: NumberLimits): readonly Violation[] {
  const at = (constraint: string) => [{ path, constraint, value: String(value) }];
  if (min !== undefined && value < min) return at(`Member must have value greater than or equal to ${min}`);
  if (max !== undefined && value > max) return at(`Member must have value less than or equal to ${max}`);
  return [];
}

function matchesWhole(pattern: RegExp, value: string): boolean {
  const flags = pattern.flags.replace(/[gy]/g, "");
  return new RegExp(`^(?:${pattern.source})$`, flags).test(value);
}

function toBytes(value: unknown): Buffer | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value !== "string") return undefined;
  const isBase64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value);
  return isBase64 ? Buffer.from(value, "base64") : undefined;
}

function parseDate(value: unknown): Date | undefined {
  return typeof value === "string" ? new Date(value) : undefined;
}
