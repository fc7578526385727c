import { parsePolicy, PolicyDocument } from "../../../iam";

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
