import { PolicyDocument, Statement, statementsOf } from "../../../iam";

/**
 * Condition keys that, compared for equality with fixed values, narrow a statement to known callers.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const NARROWING_KEYS = [
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:userid",
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceowner",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceip",
  "kms:calleraccount",
];

const EQUALITY =
  /^(forallvalues:|foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress)$/;

/** Whether some statement lets in callers of any account. */
export function isPublic(document: PolicyDocument): boolean {
  return statementsOf(document).some(
    (statement) => statement.Effect === "Allow" && isForEveryone(statement) && !isNarrowed(statement),
  );
}

function isForEveryone({ Principal, NotPrincipal }: Statement): boolean {
  if (NotPrincipal !== undefined) return true;
  if (Principal === "*") return true;
  return ([] as string[]).concat(Principal?.AWS ?? []).includes("*");
}

/** `IfExists` and `ForAllValues` pass when the key is absent, so they narrow nothing. */
function isNarrowed(statement: Statement): boolean {
  return Object.entries(statement.Condition ?? {}).some(([operator, block]) => {
    const name = operator.toLowerCase();
    if (!EQUALITY.test(name) || name.startsWith("forallvalues:")) return false;
    return Object.entries(block).some(([key, values]) => {
      const texts = ([] as unknown[]).concat(values as unknown[]).map(String);
      return NARROWING_KEYS.includes(key.toLowerCase()) && texts.every((text) => isFixed(key, text));
    });
  });
}

/** A pattern is fixed when at least an account, an organisation or a network is written out in it. */
function isFixed(key: string, text: string): boolean {
  if (text.includes("${")) return false;
  if (key.toLowerCase() === "aws:sourceip") return !/^(0\.0\.0\.0|::)\/0$/.test(text);
  return !/[*?]/.test(text) || /^arn:[^:]+:[^:]+:[^:]*:\d{12}:/.test(text) || /^o-[a-z0-9]+\//.test(text);
}
