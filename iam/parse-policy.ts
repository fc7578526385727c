import { duplicateKeys } from "./json-text";
import { PolicyDocument } from "./policy-document";
import { DocumentKind } from "./policy-kind";
import { isObject } from "./json-object";
import { statementProblems } from "./statement-problems";

/** A document, or everything that is wrong with the text. */
export type ParsedPolicy =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problems: readonly string[] };

const ELEMENTS: ReadonlySet<string> = new Set(["Version", "Id", "Statement"]);
const VERSIONS: readonly unknown[] = ["2012-10-17", "2008-10-17"];

/**
 * Reads a document and checks its form: JSON without duplicate keys, only known elements, those that the kind asks
 * for, known operators. Does not check that actions, principals or resources exist, nor the size.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(text: string, kind: DocumentKind): ParsedPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const problems = [
    ...duplicateKeys(text).map((path) => `${path}: given more than once`),
    ...documentProblems(value, kind),
  ];
  return problems.length === 0 ? { ok: true, document: value as PolicyDocument } : { ok: false, problems };
}

function documentProblems(value: unknown, kind: DocumentKind): readonly string[] {
  if (!isObject(value)) return ["a policy is a JSON object"];
  const problems = Object.keys(value)
    .filter((key) => !ELEMENTS.has(key))
    .map((key) => `${key}: unknown element`);
  if (value.Version !== undefined && !VERSIONS.includes(value.Version)) {
    problems.push(`Version: must be "2012-10-17" or "2008-10-17"`);
  }
  if (value.Id !== undefined && typeof value.Id !== "string") problems.push("Id: must be text");
  return [...problems, ...statementListProblems(value.Statement, kind)];
}

function statementListProblems(value: unknown, kind: DocumentKind): readonly string[] {
  if (value === undefined) return ["Statement: missing"];
  if (!Array.isArray(value)) return statementProblems(value, kind, "Statement");
  if (value.length === 0) return ["Statement: needs at least one statement"];
  return [
    ...value.flatMap((statement, index) => statementProblems(statement, kind, `Statement[${index}]`)),
    ...repeatedSids(value),
  ];
}

function repeatedSids(statements: readonly unknown[]): readonly string[] {
  const sids = statements.flatMap((statement) =>
    isObject(statement) && typeof statement.Sid === "string" && statement.Sid !== "" ? [statement.Sid] : [],
  );
  return [...new Set(sids.filter((sid, index) => sids.indexOf(sid) !== index))].map(
    (sid) => `Sid "${sid}": given to more than one statement`,
  );
}
