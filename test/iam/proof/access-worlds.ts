import { AccessWorld, Key, NamedPrincipal, proveAccess, Secret, SecretCopy } from "../../../iam/proof";
import { PolicyDocument, Statement } from "../../../iam";
import { ActionClass, Access, Who } from "../../../iam/proof";
import { attached } from "../worlds";

export const MANAGEMENT = "999999999999";
export const SECRETS = "111111111111";
export const ORDERS = "222222222222";
export const BILLING = "333333333333";
export const ORGANIZATION = "o-strongroom";
export const SECRET = `arn:aws:secretsmanager:eu-west-1:${SECRETS}:secret:orders/database-AbCdEf`;
export const KEY = `arn:aws:kms:eu-west-1:${SECRETS}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

export function arnOfRole(name: string, accountId = ORDERS): string {
  return `arn:aws:iam::${accountId}:role/${name}`;
}

export function role(name: string, given: Partial<NamedPrincipal> = {}): NamedPrincipal {
  const accountId = given.accountId ?? ORDERS;
  return { kind: "role", arn: arnOfRole(name, accountId), accountId, tags: {}, identity: [], ...given };
}

export function user(name: string, given: Partial<NamedPrincipal> = {}): NamedPrincipal {
  const accountId = given.accountId ?? ORDERS;
  return {
    kind: "user",
    arn: `arn:aws:iam::${accountId}:user/${name}`,
    accountId,
    tags: {},
    identity: [],
    ...given,
  };
}

/** A policy that lets its holder read the secret and use the key. */
export const mayRead = attached(
  "inline policy read",
  { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: SECRET },
  { Effect: "Allow", Action: "kms:Decrypt", Resource: KEY },
);

export function reading(Principal: Statement["Principal"], given: Partial<Statement> = {}): Statement {
  return { Effect: "Allow", Principal, Action: "secretsmanager:GetSecretValue", Resource: "*", ...given };
}

/** What the owner's account may do with the key, with what is given for others. */
export function key(statements: readonly Statement[] = [], given: Partial<Key> = {}): Key {
  return {
    arn: KEY,
    accountId: SECRETS,
    policy: attached(
      "key policy",
      { Sid: "Owner", Effect: "Allow", Principal: { AWS: SECRETS }, Action: "kms:*", Resource: "*" },
      ...statements,
    ),
    grants: [],
    aliases: [],
    tags: {},
    ...given,
  };
}

export const decrypting = (Principal: Statement["Principal"], given: Partial<Statement> = {}): Statement => ({
  Effect: "Allow",
  Principal,
  Action: "kms:Decrypt",
  Resource: "*",
  ...given,
});

export function secret(statements: readonly Statement[] = [], given: Partial<SecretCopy> = {}): Secret {
  const copy: SecretCopy = {
    region: "eu-west-1",
    accountId: SECRETS,
    arn: SECRET,
    key: KEY,
    tags: {},
    ...(statements.length > 0 && { policy: attached("secret policy", ...statements) }),
    ...given,
  };
  return { id: "orders/database", name: "orders/database", copies: [copy] };
}

/** Three member accounts, one secret, and what is given. */
export function world(given: Partial<AccessWorld> = {}): AccessWorld {
  return {
    organization: { id: ORGANIZATION, managementAccountId: MANAGEMENT },
    accounts: [SECRETS, ORDERS, BILLING].map((id) => ({ id, organizationPath: `${ORGANIZATION}/r-ab12/` })),
    principals: [],
    secrets: [secret()],
    keys: [key()],
    endpoints: [],
    functions: [],
    ...given,
  };
}

export function whoText(who: Who): string {
  switch (who.kind) {
    case "principal":
      return who.arn.slice(who.arn.indexOf("::") + 2);
    case "others-of-account":
      return `others of ${who.accountId}`;
    case "others-of-organization":
      return "others of the organisation";
    case "aws-service":
      return who.service ?? "any service";
    default:
      return who.kind;
  }
}

/** Each access in one line: who, when, and what cannot be told. */
export function lines(accesses: readonly Access[]): readonly string[] {
  return accesses.map(({ who, under, cannotTell }) => {
    const when = under.map((one) =>
      one.length === 0 ? "always" : one.map(({ text }) => text).join(" and "),
    );
    const open = cannotTell.map(({ kind, subject }) => `${kind} ${subject}`);
    return `${whoText(who)}: ${when.join("; or ")}${open.length > 0 ? ` (cannot tell: ${open.join(", ")})` : ""}`;
  });
}

/** Who can do what with the first copy of the first secret, without those who remain of the owner's account. */
export function answer(given: AccessWorld, kind: ActionClass = "read"): readonly string[] {
  const [first] = given.secrets;
  const accesses = proveAccess(given).direct(first!.id)[0]!.accesses[kind];
  return lines(accesses.filter(({ who }) => who.kind !== "others-of-account" || who.accountId !== SECRETS));
}

export function policy(...Statement: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement };
}
