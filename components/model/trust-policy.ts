import { PolicyDocument, Statement } from "../../iam/policy-document";

/** Who may assume a role. At least one of the two lists has an entry. */
export interface Trust {
  /** AWS services, such as `lambda.amazonaws.com`. */
  readonly services?: readonly string[];
  /** ARNs of accounts' roots, roles or users. */
  readonly principals?: readonly string[];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html */
export function trustPolicy({ services = [], principals = [] }: Trust): PolicyDocument {
  const statements: Statement[] = [];
  if (services.length > 0) statements.push(assumable({ Service: services }));
  if (principals.length > 0) statements.push(assumable({ AWS: principals }));
  return { Version: "2012-10-17", Statement: statements };
}

function assumable(principal: { Service: readonly string[] } | { AWS: readonly string[] }): Statement {
  return { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
}
