import { lengthConstraints, result } from "./scalar-shapes";
import { jsonKind, Shape, ShapeResult, Violation } from "./shape-check";

/** Marks a member that may be absent or null. */
export function optional<T>(shape: Shape<T>): Shape<T> & OptionalMark {
  return { form: shape.form, check: (value, path) => shape.check(value, path), isOptional: true };
}

export interface OptionalMark {
  readonly isOptional: true;
}

export function list<T>(of: Shape<T>, limits: { min?: number; max?: number } = {}): Shape<readonly T[]> {
  return {
    form: { kind: "list", of },
    check(value, path) {
      if (!Array.isArray(value)) return malformed(value, "a List");
      const items = value.map((item, index) => present(of, item, `${path}.${index + 1}.member`));
      const constraints = lengthConstraints(value.length, limits);
      return collect(items, sized(constraints, path), (values) => values);
    },
  };
}

/** Keys may be limited by a shape of their own. */
export function map<T>(
  of: Shape<T>,
  limits: { max?: number; keys?: Shape<string> } = {},
): Shape<Readonly<Record<string, T>>> {
  return {
    form: { kind: "map", of },
    check(value, path) {
      if (!isObject(value)) return malformed(value, "a Map");
      const keys = Object.keys(value);
      const items = keys.map((key) => present(of, value[key], `${path}.${key}.member`));
      const keyViolations = keys.flatMap((key) =>
        violationsOf(limits.keys?.check(key, `${path}.${key}.key`)),
      );
      const constraints = lengthConstraints(keys.length, limits);
      return collect(items, [...sized(constraints, path), ...keyViolations], (values) =>
        Object.fromEntries(keys.map((key, index) => [key, values[index] as T])),
      );
    },
  };
}

type Members = Readonly<Record<string, Shape<any>>>;
type OptionalKeys<M extends Members> = { [K in keyof M]: M[K] extends OptionalMark ? K : never }[keyof M];
type ValueOf<S> = S extends Shape<infer T> ? T : never;

/** The value of a structure: members marked `optional` may be absent. */
export type StructureValue<M extends Members> = {
  readonly [K in Exclude<keyof M, OptionalKeys<M>>]: ValueOf<M[K]>;
} & { readonly [K in OptionalKeys<M>]?: ValueOf<M[K]> };

/** A structure by its members; a member it does not know is ignored, as AWS does. */
export function structure<M extends Members>(members: M): Shape<StructureValue<M>> {
  return {
    form: { kind: "structure", members },
    check(value, path) {
      if (!isObject(value)) return malformed(value, "a Structure");
      const names = Object.keys(members).filter((name) => !isAbsentOptional(members[name], value[name]));
      const parts = names.map((name) => present(members[name]!, value[name], memberPath(path, name)));
      return collect(parts, [], (values) =>
        Object.fromEntries(names.map((name, index) => [name, values[index]])),
      ) as ShapeResult<StructureValue<M>>;
    },
  };
}

function isAbsentOptional(shape: Shape<unknown> | undefined, value: unknown): boolean {
  return (
    (value === undefined || value === null) &&
    (shape as Partial<OptionalMark> | undefined)?.isOptional === true
  );
}

/** AWS spells a member's path with a small first letter. */
function memberPath(parent: string, name: string): string {
  const spelled = name.charAt(0).toLowerCase() + name.slice(1);
  return parent === "" ? spelled : `${parent}.${spelled}`;
}

function present<T>(shape: Shape<T>, value: unknown, path: string): ShapeResult<T> {
  if (value !== undefined && value !== null) return shape.check(value, path);
  return { ok: false, violations: [{ path, constraint: "Member must not be null" }] };
}

function collect<T, R>(
  parts: readonly ShapeResult<T>[],
  own: readonly Violation[],
  build: (values: T[]) => R,
): ShapeResult<R> {
  const broken = parts.find((part) => !part.ok && "malformed" in part);
  if (broken && !broken.ok) return broken;
  const violations = [...own, ...parts.flatMap(violationsOf)];
  if (violations.length > 0) return { ok: false, violations };
  const values = parts.flatMap((part) => (part.ok ? [part.value] : []));
  return result(build(values), []);
}

function violationsOf(part: ShapeResult<unknown> | undefined): readonly Violation[] {
  return part && !part.ok && "violations" in part ? part.violations : [];
}

/** AWS echoes a collection's size limits with the collection's text; only its path is of use, so it is left out. */
function sized(constraints: readonly string[], path: string): Violation[] {
  return constraints.map((constraint) => ({ path, constraint }));
}

function malformed(value: unknown, kindName: string): { ok: false; malformed: string } {
  return { ok: false, malformed: `${jsonKind(value)} can not be converted to ${kindName}` };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
