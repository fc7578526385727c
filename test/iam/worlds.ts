import {
  AccessRequest,
  AttachedPolicy,
  compilePolicy,
  PolicyDocument,
  PolicyWorld,
  RequestContext,
  RequestPrincipal,
  Statement,
} from "../../iam";

export const ACCOUNT = "111111111111";
export const OTHER_ACCOUNT = "222222222222";
export const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:orders/database-AbCdEf`;
export const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const ROLE_TO_ASSUME = `arn:aws:iam::${ACCOUNT}:role/deploy`;

export function user(accountId = ACCOUNT, name = "alice") {
  return { kind: "user", accountId, arn: `arn:aws:iam::${accountId}:user/${name}` } as const;
}

export function session(accountId = ACCOUNT, role = "reader") {
  return {
    kind: "role-session",
    accountId,
    roleArn: `arn:aws:iam::${accountId}:role/service/${role}`,
    sessionArn: `arn:aws:sts::${accountId}:assumed-role/${role}/task`,
  } as const;
}

export function root(accountId = ACCOUNT) {
  return { kind: "root", accountId } as const;
}

/** An `Allow` of everything, with what is given instead. */
export function allow(given: Partial<Statement> = {}): Statement {
  return { Effect: "Allow", ...actionAndResource(given), ...given };
}

/** A `Deny` of everything, with what is given instead. */
export function deny(given: Partial<Statement> = {}): Statement {
  return { Effect: "Deny", ...actionAndResource(given), ...given };
}

function actionAndResource(given: Partial<Statement>): Partial<Statement> {
  return {
    ...(given.NotAction === undefined ? { Action: "*" } : {}),
    ...(given.NotResource === undefined ? { Resource: "*" } : {}),
  };
}

export function document(...Statement: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement };
}

export function attached(source: string, ...statements: readonly Statement[]): AttachedPolicy {
  return { source, policy: compilePolicy(document(...statements)) };
}

/** A read of the secret, or of what is given. */
export function read(
  principal: RequestPrincipal,
  context: RequestContext = {},
  given: Partial<AccessRequest> = {},
): AccessRequest {
  return {
    principal,
    action: "secretsmanager:GetSecretValue",
    resource: { arn: SECRET, accountId: ACCOUNT },
    context,
    ...given,
  };
}

/** A world without any document, with what is given. */
export function world(given: Partial<PolicyWorld> = {}): PolicyWorld {
  return { identity: [], ...given };
}
