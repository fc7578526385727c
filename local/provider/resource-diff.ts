import { changedInputs } from "./property-comparison";
import { ResourceType } from "./resource-type";
import { Properties } from "./values";

/** How one property changes. */
export interface PropertyChange {
  /** Such as `tags.team` or `policy`. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** How a resource changes. */
export interface ResourceDiff {
  readonly changes: readonly PropertyChange[];
  /** The new resource would have the old one's name, so that both cannot exist together. */
  readonly deleteBeforeReplace: boolean;
}

/** Compares the inputs of the last update with the new ones. */
export function diffResource(type: ResourceType, olds: Properties, news: Properties): ResourceDiff {
  const changed = changedInputs(type, olds, news);
  const changes = changed.flatMap((name) => propertyChanges(type, name, olds[name], news[name]));
  const nameProperty = type.autoName?.property;
  const keepsName =
    nameProperty !== undefined &&
    !changed.includes(nameProperty) &&
    !changed.includes("region") &&
    !((news["__defaults"] as string[] | undefined) ?? []).includes(nameProperty);
  return { changes, deleteBeforeReplace: keepsName && changes.some((change) => change.replaces) };
}

function propertyChanges(type: ResourceType, name: string, old: unknown, now: unknown): PropertyChange[] {
  const property = type.inputs[name];
  const replaces = property?.replaces === true || type.update === undefined;
  if (property?.kind !== "map" || !isMap(old) || !isMap(now)) {
    return [{ path: name, kind: kindOf(old, now), replaces }];
  }
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...keys]
    .filter((key) => old[key] !== now[key])
    .map((key) => ({ path: `${name}${step(key)}`, kind: kindOf(old[key], now[key]), replaces }));
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(old: unknown, now: unknown): PropertyChange["kind"] {
  return old === undefined ? "add" : now === undefined ? "delete" : "update";
}

function step(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `["${key}"]`;
}
