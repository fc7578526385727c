import { parsePolicy, PolicyDocument, statementsOf } from "../../../iam";

const MAX_KEPT = 1000;
const effectiveTexts = new Map<string, string>();

/**
 * The document, or `undefined` when KMS would refuse the text. A statement without Resource or Action is accepted, and
 * has no effect: those are given one for the check only.
 */
export function parseKeyPolicy(text: string): PolicyDocument | undefined {
  const document = parseJson(text);
  if (typeof document !== "object" || document === null) return undefined;
  const { Statement: statements } = document as { Statement?: unknown };
  const padded = Array.isArray(statements) ? statements.map(pad) : pad(statements);
  const isValid = parsePolicy(JSON.stringify({ ...document, Statement: padded }), "key").ok;
  return isValid ? (document as PolicyDocument) : undefined;
}

/** The text without the statements that have no effect for want of a Resource or an Action. */
export function effectiveKeyPolicy(text: string): string {
  let effective = effectiveTexts.get(text);
  if (effective !== undefined) return effective;
  const document = JSON.parse(text) as PolicyDocument;
  const statements = statementsOf(document);
  const kept = statements.filter(
    (one) => (one.Resource ?? one.NotResource) !== undefined && (one.Action ?? one.NotAction) !== undefined,
  );
  effective = kept.length === statements.length ? text : JSON.stringify({ ...document, Statement: kept });
  if (effectiveTexts.size >= MAX_KEPT) effectiveTexts.clear();
  effectiveTexts.set(text, effective);
  return effective;
}

function pad(statement: unknown): unknown {
  if (typeof statement !== "object" || statement === null) return statement;
  return {
    ...("Resource" in statement || "NotResource" in statement ? {} : { Resource: "*" }),
    ...("Action" in statement || "NotAction" in statement ? {} : { Action: "kms:DescribeKey" }),
    ...statement,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
