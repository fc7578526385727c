import { createHash, randomBytes } from "node:crypto";
import { InputProblem, Property, PropertyKind, ResourceType } from "./resource-type";
import { Properties, UNKNOWN, containsUnknown, isContent, isUnknown } from "./values";

/** Inputs of every regional resource. */
const REGION: Property = { kind: "string", replaces: true, computed: true };
const TAGS: Readonly<Record<string, Property>> = {
  tags: { kind: "map" },
  tagsAll: { kind: "map", computed: true },
};

/** What a check works with besides the program's inputs. */
export interface CheckContext {
  /** The resource's name in the program. */
  readonly logicalName: string;
  /** The inputs of the last update, empty for a new resource. */
  readonly olds: Properties;
  readonly randomSeed: Uint8Array;
  readonly region: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** Inputs with defaults, names and tags filled in, and what is wrong with them. */
export interface CheckedInputs {
  readonly inputs: Properties;
  readonly problems: readonly InputProblem[];
}

/** A type with the inputs that all resources of its kind have. */
export function withStandardInputs(type: ResourceType): ResourceType {
  const standard = { ...(!type.global && { region: REGION }), ...(type.tagged && TAGS) };
  return { ...type, inputs: { ...standard, ...type.inputs } };
}

/** Checks the inputs of a resource as AWS's provider does, before any request is made. */
export function checkInputs(type: ResourceType, given: Properties, context: CheckContext): CheckedInputs {
  const problems: InputProblem[] = [];
  const inputs: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("__")) {
      continue;
    }
    const property = type.inputs[name];
    if (property === undefined) {
      problems.push({
        property: name,
        reason: `${type.token} takes no "${name}", or the local provider does not model it`,
      });
      continue;
    }
    const converted = convert(property.kind, value);
    inputs[name] = "value" in converted ? converted.value : value;
    if ("reason" in converted) {
      problems.push({ property: name, reason: `"${name}" ${converted.reason}` });
    }
  }
  const defaulted = fillDefaults(type, inputs, context);
  problems.push(
    ...missing(type, inputs),
    ...(problems.length === 0 ? (type.check?.(known(inputs)) ?? []) : []),
  );
  return { inputs: { ...inputs, __defaults: defaulted }, problems };
}

function fillDefaults(type: ResourceType, inputs: Record<string, unknown>, context: CheckContext): string[] {
  const defaulted: string[] = [];
  const set = (name: string, value: unknown): void => {
    inputs[name] = value;
    defaulted.push(name);
  };
  for (const [name, property] of Object.entries(type.inputs)) {
    if (inputs[name] === undefined && property.default !== undefined) {
      set(name, property.default);
    }
  }
  const { autoName } = type;
  if (
    autoName !== undefined &&
    inputs[autoName.property] === undefined &&
    inputs[`${autoName.property}Prefix`] === undefined
  ) {
    set(autoName.property, keptName(autoName.property, context.olds) ?? physicalName(autoName, context));
  }
  if (!type.global && inputs["region"] === undefined) {
    set("region", context.region);
  }
  if (type.tagged && inputs["tagsAll"] === undefined) {
    const tags = isUnknown(inputs["tags"])
      ? UNKNOWN
      : { ...context.defaultTags, ...(inputs["tags"] as object) };
    set("tagsAll", tags);
  }
  return defaulted.sort();
}

function keptName(property: string, olds: Properties): unknown {
  const defaults = olds["__defaults"] as string[] | undefined;
  return defaults?.includes(property) ? olds[property] : undefined;
}

function physicalName(autoName: NonNullable<ResourceType["autoName"]>, context: CheckContext): string {
  const seed = context.randomSeed.length > 0 ? context.randomSeed : randomBytes(32);
  const suffix = createHash("sha256").update(seed).digest("hex").slice(0, 7);
  const prefix = autoName.prefix ?? "";
  const room = autoName.maxLength - prefix.length - suffix.length - 1;
  return `${prefix}${context.logicalName.slice(0, room)}-${suffix}`;
}

function missing(type: ResourceType, inputs: Properties): InputProblem[] {
  return Object.entries(type.inputs)
    .filter(([name, property]) => property.required && inputs[name] === undefined)
    .map(([property]) => ({
      property,
      reason: `missing required argument: "${property}" is required, but no definition was found`,
    }));
}

function known(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknown(value)));
}

type Converted = { readonly value: unknown } | { readonly reason: string };

function convert(kind: PropertyKind, value: unknown): Converted {
  if (kind === "policy" || kind === "json") {
    return convertJson(value);
  }
  if (isUnknown(value)) {
    return { value: UNKNOWN };
  }
  switch (kind) {
    case "number":
      return typeof value === "number" ||
        (typeof value === "string" && value.trim() !== "" && !isNaN(Number(value)))
        ? { value: Number(value) }
        : { reason: `must be a number, not ${JSON.stringify(value)}` };
    case "boolean":
      return value === true || value === "true"
        ? { value: true }
        : value === false || value === "false"
          ? { value: false }
          : { reason: `must be true or false, not ${JSON.stringify(value)}` };
    case "string":
      return typeof value === "object" ? { reason: "must be a text" } : { value: String(value) };
    case "list":
    case "set":
      return Array.isArray(value) ? { value } : { reason: "must be a list" };
    case "archive":
      return isContent(value) ? { value } : { reason: "must be an asset or an archive" };
    default:
      return typeof value === "object" && !Array.isArray(value) ? { value } : { reason: "must be an object" };
  }
}

function convertJson(value: unknown): Converted {
  if (containsUnknown(value)) {
    return { value: UNKNOWN };
  }
  if (typeof value !== "string") {
    return { value: JSON.stringify(value) };
  }
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "object" && parsed !== null
      ? { value }
      : { reason: "contains an invalid JSON document: not an object" };
  } catch (error) {
    return { reason: `contains an invalid JSON document: ${(error as Error).message}` };
  }
}
