import { DocumentKind, parsePolicy, PolicyDocument, sizeProblems } from "../../iam";
import { deciders, input, Resource } from "../stack/resource";
import { readString, readWhole, Tri } from "../stack/tri-state";

/** A policy document and the resource whose property holds it. */
export type HeldDocument = {
  readonly holder: Resource;
  readonly property: string;
  /** Where it is inside of the property. */
  readonly path?: readonly (string | number)[];
} & (
  | { readonly state: "known"; readonly document: PolicyDocument }
  | { readonly state: "unknown"; readonly decidedBy: string }
  /** AWS would refuse it, for this reason. */
  | { readonly state: "unreadable"; readonly reason: string }
);

/** Kinds whose limit is on one document; that of identity policies depends on what they are attached to. */
const limited: ReadonlySet<DocumentKind> = new Set(["key", "resource", "trust"]);

/** Documents by text: many secrets share one. */
const parsed = new Map<string, PolicyDocument | string>();

/**
 * The document in a property: JSON text or an object. Undefined when the property is not set.
 *
 * @param kind what the document is for; by default a key's policy in a resource of KMS, else a resource's
 * @param path where it is inside of the property, such as the second inline policy of a role
 */
export function documentIn(
  holder: Resource,
  property: string,
  kind: DocumentKind = holder.type.startsWith("aws:kms/") ? "key" : "resource",
  path: readonly (string | number)[] = [],
): HeldDocument | undefined {
  const text = documentText(holder, property, path);
  const where = { holder, property, ...(path.length === 0 ? {} : { path }) };
  if (text.state === "absent") return undefined;
  if (text.state === "unknown") return { ...where, state: "unknown", decidedBy: deciders(holder, property) };
  const document = parsed.get(kind + text.value) ?? parse(text.value, kind);
  parsed.set(kind + text.value, document);
  return typeof document === "string"
    ? { ...where, state: "unreadable", reason: document }
    : { ...where, state: "known", document };
}

/** The text of the document in a property, as JSON also where the program gave an object. */
export function documentText(
  holder: Resource,
  property: string,
  path: readonly (string | number)[] = [],
): Tri<string> {
  const text = input(holder, readString, property, ...path);
  if (text.state === "known" && text.value.trim() === "") return { state: "absent" };
  if (text.state !== "absent") return text;
  const whole = input(holder, readWhole, property, ...path);
  return whole.state === "known" ? { state: "known", value: JSON.stringify(whole.value) } : whole;
}

function parse(text: string, kind: DocumentKind): PolicyDocument | string {
  const result = parsePolicy(text, kind);
  if (result.ok) {
    const tooLong = limited.has(kind) ? sizeProblems(result.document, kind) : [];
    return tooLong.length === 0 ? result.document : tooLong.map((problem) => `it has ${problem}`).join("; ");
  }
  // What the JSON parser says quotes the text.
  return result.problems.map((problem) => problem.replace(/^not JSON:.*$/s, "it is not JSON")).join("; ");
}
