import { UnknownValueError } from "@pulumi/policy";

/**
 * What a property is during a run: set, not known yet (an output of something to be created, or a secret that an
 * exported state redacts), or not set at all.
 */
export type Tri<T> =
  | { readonly state: "known"; readonly value: T }
  | { readonly state: "unknown"; readonly redacted?: true }
  | { readonly state: "absent" };

export const unknown: Tri<never> = { state: "unknown" };
export const absent: Tri<never> = { state: "absent" };

/** A known value. */
export function known<T>(value: T): Tri<T> {
  return { state: "known", value };
}

/** What `pulumi policy analyze` puts in place of a secret it cannot decrypt. */
const redacted = "[secret]";

/**
 * One property, never throwing. Arrays and objects are returned as they are: their own members may still be unknown,
 * so read those with this function as well, or all at once with {@link readWhole}.
 */
export function read(props: unknown, ...path: readonly (string | number)[]): Tri<unknown> {
  let value: unknown = props;
  for (const key of path) {
    if (value === null || typeof value !== "object") return absent;
    const next = property(value, key);
    if (next.state !== "known") return next;
    value = next.value;
  }
  return value === undefined || value === null ? absent : known(value);
}

/** As {@link read}, and absent when the value is no string. */
export function readString(props: unknown, ...path: readonly (string | number)[]): Tri<string> {
  return narrow(read(props, ...path), (value): value is string => typeof value === "string");
}

/** As {@link read}, and absent when the value is no number. */
export function readNumber(props: unknown, ...path: readonly (string | number)[]): Tri<number> {
  return narrow(read(props, ...path), (value): value is number => typeof value === "number");
}

/** As {@link read}, and absent when the value is no boolean. */
export function readBoolean(props: unknown, ...path: readonly (string | number)[]): Tri<boolean> {
  return narrow(read(props, ...path), (value): value is boolean => typeof value === "boolean");
}

/** As {@link read}, and absent when the value is no array. Members may be unknown. */
export function readArray(props: unknown, ...path: readonly (string | number)[]): Tri<readonly unknown[]> {
  return narrow(read(props, ...path), (value): value is readonly unknown[] => Array.isArray(value));
}

/** The indexes of a list. Its members may be unknown, so that they cannot be gone through themselves. */
export function indexesOf(list: Tri<readonly unknown[]>): readonly number[] {
  return list.state === "known" ? Array.from({ length: list.value.length }, (_, index) => index) : [];
}

/** A plain copy of a property with everything in it; unknown when any part of it is. */
export function readWhole(props: unknown, ...path: readonly (string | number)[]): Tri<unknown> {
  const value = read(props, ...path);
  if (value.state !== "known") return value;
  return copy(value.value);
}

/** The value when known, the fallback when absent; unknown stays unknown. */
export function orDefault<T>(value: Tri<T>, fallback: T): Tri<T> {
  return value.state === "absent" ? known(fallback) : value;
}

function property(value: object, key: string | number): Tri<unknown> {
  // The error is only a signal here; without its stack it costs a tenth.
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    const member: unknown = (value as Record<string | number, unknown>)[key];
    if (member === undefined || member === null) return absent;
    return member === redacted ? { state: "unknown", redacted: true } : known(member);
  } catch (error) {
    if (error instanceof UnknownValueError) return unknown;
    throw error;
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function copy(value: unknown): Tri<unknown> {
  if (value === null || typeof value !== "object") return known(value);
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = property(value, key);
    if (member.state === "unknown") return member;
    if (member.state === "absent") continue;
    const inner = copy(member.value);
    if (inner.state !== "known") return inner;
    result[key] = inner.value;
  }
  return known(Array.isArray(value) ? Object.values(result) : result);
}

function narrow<T>(value: Tri<unknown>, is: (value: unknown) => value is T): Tri<T> {
  if (value.state !== "known") return value;
  return is(value.value) ? known(value.value) : absent;
}
