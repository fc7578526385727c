import { RequestPrincipal } from "./access-request";
import { Evaluation } from "./evaluation";
import { OneOrMore, PrincipalElement, Statement } from "./policy-document";

/**
 * How closely a statement names the caller, weakest first. The difference decides, within one account, which other
 * policies still have a say.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export const NAMED = { notAtAll: 0, byAccount: 1, byRole: 2, directly: 3 } as const;

export type Naming = (typeof NAMED)[keyof typeof NAMED];

export type PrincipalMatcher = (evaluation: Evaluation) => Naming;

interface NamedPrincipals {
  readonly everyone: boolean;
  /** Twelve digits each. */
  readonly accounts: ReadonlySet<string>;
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly federated: ReadonlySet<string>;
}

const ROOT_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):root$/;
const ACCOUNT_ID = /^\d{12}$/;

/**
 * Statements of identity, boundary, session and service control policies have no `Principal`: they are about
 * whoever they are attached to.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compilePrincipal(statement: Statement): PrincipalMatcher {
  if (statement.Principal !== undefined) {
    const named = readPrincipals(statement.Principal);
    return (evaluation) => naming(named, evaluation.principal);
  }
  if (statement.NotPrincipal === undefined) return () => NAMED.directly;
  if (statement.Effect === "Allow") return () => NAMED.notAtAll;
  const spared = readPrincipals(statement.NotPrincipal);
  return ({ principal, hasBoundary }) =>
    !hasBoundary && isSpared(spared, principal) ? NAMED.notAtAll : NAMED.directly;
}

function naming(named: NamedPrincipals, principal: RequestPrincipal): Naming {
  if (named.everyone) return NAMED.directly;
  switch (principal.kind) {
    case "anonymous":
      return NAMED.notAtAll;
    case "service":
      return named.services.has(principal.service) ? NAMED.directly : NAMED.notAtAll;
    case "federated":
      return named.federated.has(principal.provider) ? NAMED.directly : NAMED.notAtAll;
    case "root":
      return named.accounts.has(principal.accountId) ? NAMED.directly : NAMED.notAtAll;
    case "user":
      if (named.arns.has(principal.arn)) return NAMED.directly;
      break;
    case "role-session":
      if (named.arns.has(principal.sessionArn)) return NAMED.directly;
      if (named.arns.has(principal.roleArn)) return NAMED.byRole;
  }
  return named.accounts.has(principal.accountId) ? NAMED.byAccount : NAMED.notAtAll;
}

/**
 * `NotPrincipal` spares a caller only when it lists both the account and the user or role: AWS looks at the account
 * first. It is for `Deny` only; with `Allow` AWS does not support it and no one is meant here. A caller with a
 * permissions boundary is never spared.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isSpared(spared: NamedPrincipals, principal: RequestPrincipal): boolean {
  if (spared.everyone) return true;
  switch (principal.kind) {
    case "anonymous":
      return false;
    case "service":
      return spared.services.has(principal.service);
    case "federated":
      return spared.federated.has(principal.provider);
    case "root":
      return spared.accounts.has(principal.accountId);
    case "user":
      return spared.accounts.has(principal.accountId) && spared.arns.has(principal.arn);
    case "role-session":
      return spared.accounts.has(principal.accountId) && spared.arns.has(principal.roleArn);
  }
}

/** Unique ids (`AROA...`, `AIDA...`: what is left of a deleted role or user) are kept as text no ARN equals. */
function readPrincipals(element: PrincipalElement): NamedPrincipals {
  if (element === "*") {
    return {
      everyone: true,
      accounts: new Set(),
      arns: new Set(),
      services: new Set(),
      federated: new Set(),
    };
  }
  const aws = listOf(element.AWS);
  return {
    everyone: aws.includes("*"),
    accounts: new Set(aws.flatMap((name) => accountIdOf(name) ?? [])),
    arns: new Set(aws.filter((name) => accountIdOf(name) === undefined)),
    services: new Set(listOf(element.Service)),
    federated: new Set(listOf(element.Federated)),
  };
}

/** The account that twelve digits or a root ARN mean; `undefined` for any other principal. */
export function accountIdOf(name: string): string | undefined {
  return ACCOUNT_ID.test(name) ? name : ROOT_ARN.exec(name)?.[1];
}

/** How the grantee of a KMS grant names the caller. */
export function namingOfGrantee(grantee: string, principal: RequestPrincipal): Naming {
  return naming(readPrincipals({ AWS: grantee, Service: grantee }), principal);
}

function listOf(values: OneOrMore | undefined): readonly string[] {
  return values === undefined ? [] : typeof values === "string" ? [values] : values;
}
