import { contentHash, isContent } from "./archive";

/** Members of a policy statement whose lists AWS treats as sets, where one item may stand without its list. */
const SET_MEMBERS = new Set([
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "AWS",
  "Service",
  "Federated",
  "CanonicalUser",
]);
const ROOT_ARN = /^arn:[a-z-]+:iam::(\d{12}):root$/;

/** Equality of plain values; `undefined`, and members that are `undefined`, count as absent. */
export function sameValue(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b);
}

/** Equality of lists in which order does not matter. */
export function sameSet(a: unknown, b: unknown): boolean {
  return stable(sortedItems(a)) === stable(sortedItems(b));
}

/** Equality of JSON documents: the order of keys and white space do not matter. */
export function sameJson(a: unknown, b: unknown): boolean {
  return compareParsed(a, b, (document) => document);
}

/** Equality of IAM policies: as JSON, and lists that AWS treats as sets, and the two ways to write an account. */
export function samePolicy(a: unknown, b: unknown): boolean {
  return compareParsed(a, b, normalisePolicy);
}

/** Equality of assets and archives by the engine's hash; content without a hash is never equal. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (!isContent(a) || !isContent(b)) {
    return sameValue(a, b);
  }
  const hash = contentHash(a);
  return hash !== undefined && hash === contentHash(b);
}

function compareParsed(a: unknown, b: unknown, normalise: (document: unknown) => unknown): boolean {
  if (typeof a !== "string" || typeof b !== "string") {
    return sameValue(a, b);
  }
  try {
    return a === b || stable(normalise(JSON.parse(a))) === stable(normalise(JSON.parse(b)));
  } catch {
    return a === b;
  }
}

function normalisePolicy(value: unknown, member?: string): unknown {
  if (member === "Statement" && !Array.isArray(value)) {
    return [normalisePolicy(value)];
  }
  if (member !== undefined && SET_MEMBERS.has(member)) {
    return [value].flat().map(accountOfRoot).sort();
  }
  if (Array.isArray(value)) {
    return value.map((item) => normalisePolicy(item));
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, inner]) => [
        name,
        name === "Condition" ? normaliseConditions(inner) : normalisePolicy(inner, name),
      ]),
    );
  }
  return value;
}

function normaliseConditions(conditions: unknown): unknown {
  return Object.fromEntries(
    Object.entries((conditions ?? {}) as Record<string, Record<string, unknown>>).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, values]) => [key.toLowerCase(), [values].flat().map(String).sort()]),
      ),
    ]),
  );
}

function accountOfRoot(principal: unknown): string {
  return ROOT_ARN.exec(String(principal))?.[1] ?? String(principal);
}

function sortedItems(value: unknown): unknown {
  return Array.isArray(value) ? value.map(stable).sort() : value;
}

function stable(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? "undefined"
  );
}
