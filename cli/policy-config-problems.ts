import { organizationSettings } from "../policies/organization";
import { rules } from "../policies/rules";
import { Settings } from "../policies/setting";
import { waiverSettings } from "../policies/waivers/settings";

/** The part of JSON schema that settings of the pack are described with. */
interface Schema {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

const levels = ["advisory", "mandatory", "remediate", "disabled"];

/** What is wrong with settings and levels of the pack's policies; those of other packs are theirs. One line each. */
export function policyConfigProblems(config: Readonly<Record<string, unknown>>): readonly string[] {
  const settings = new Map<string, Settings>(rules.map((rule) => [rule.id, rule.settings]));
  settings.set("waivers", waiverSettings).set("organization", organizationSettings).set("all", {});
  return Object.entries(config).flatMap(([policy, entry]) => {
    const known = settings.get(policy);
    return known === undefined ? [] : entryProblems(policy, entry, known);
  });
}

function entryProblems(policy: string, entry: unknown, settings: Settings): readonly string[] {
  const level: Schema = { type: "string", enum: levels };
  if (typeof entry === "string") return problemsIn(entry, level, policy);
  return problemsIn(entry, { type: "object", properties: { ...settings, enforcementLevel: level } }, policy);
}

/** In the order of the document; nothing of the value is repeated, but its kind. */
function problemsIn(value: unknown, schema: Schema, at: string): readonly string[] {
  const { type } = schema;
  if (typeof type === "string" && !isOf(type, value)) {
    return [`${at}: expected ${withArticle(type)}, not ${withArticle(kindOf(value))}`];
  }
  return [
    ...rangeProblems(value, schema).map((problem) => `${at}: ${problem}`),
    ...memberProblems(value, schema, at),
  ];
}

function rangeProblems(value: unknown, schema: Schema): readonly string[] {
  const { minimum = -Infinity, maximum = Infinity, pattern, enum: choices } = schema;
  if (choices !== undefined && !choices.includes(value)) return [`expected one of ${choices.join(", ")}`];
  if (typeof value === "string" && pattern !== undefined && !new RegExp(pattern).test(value)) {
    return [`does not match ${pattern}`];
  }
  if (typeof value !== "number") return [];
  if (value < minimum) return [`must be at least ${minimum}`];
  return value > maximum ? [`must be at most ${maximum}`] : [];
}

function memberProblems(value: unknown, schema: Schema, at: string): readonly string[] {
  const { items, properties = {}, required = [], additionalProperties } = schema;
  if (Array.isArray(value)) {
    return items === undefined
      ? []
      : value.flatMap((member, index) => problemsIn(member, items, `${at}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return [];
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${at}.${name}: missing`);
  const members = Object.entries(value).flatMap(([name, member]) => {
    const other = typeof additionalProperties === "object" ? additionalProperties : {};
    return problemsIn(member, Object.hasOwn(properties, name) ? properties[name]! : other, `${at}.${name}`);
  });
  return [...missing, ...members];
}

function isOf(type: string, value: unknown): boolean {
  return type === "integer" ? Number.isInteger(value) : kindOf(value) === type;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function withArticle(kind: string): string {
  if (kind === "null") return kind;
  return `${/^[aio]/.test(kind) ? "an" : "a"} ${kind}`;
}
