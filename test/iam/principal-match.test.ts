import { strict as assert } from "assert";
import { PrincipalElement, RequestPrincipal } from "../../iam";
import { accountIdOf, compilePrincipal, NAMED, Naming, namingOfGrantee } from "../../iam/principal-match";
import { prepareEvaluation } from "../../iam/evaluation";
import { ACCOUNT, allow, deny, OTHER_ACCOUNT, read, root, session, user } from "./worlds";

const reader = session();
const alice = user();
const anonymous = { kind: "anonymous" } as const;
const lambda = { kind: "service", service: "lambda.amazonaws.com" } as const;
const google = { kind: "federated", provider: "accounts.google.com" } as const;
const ROOT_ARN = `arn:aws:iam::${ACCOUNT}:root`;

const { notAtAll, byAccount, byRole, directly } = NAMED;

const principals: readonly {
  name: string;
  element: PrincipalElement;
  principal: RequestPrincipal;
  naming: Naming;
}[] = [
  { name: "everyone, a session", element: "*", principal: reader, naming: directly },
  { name: "everyone, anonymous", element: "*", principal: anonymous, naming: directly },
  { name: "everyone, a service", element: "*", principal: lambda, naming: directly },
  { name: "AWS everyone", element: { AWS: "*" }, principal: alice, naming: directly },
  { name: "AWS everyone, anonymous", element: { AWS: "*" }, principal: anonymous, naming: directly },
  { name: "account by digits, a user", element: { AWS: ACCOUNT }, principal: alice, naming: byAccount },
  {
    name: "account by root ARN, a session",
    element: { AWS: ROOT_ARN },
    principal: reader,
    naming: byAccount,
  },
  { name: "account, its root", element: { AWS: ROOT_ARN }, principal: root(), naming: directly },
  {
    name: "account, another's user",
    element: { AWS: ACCOUNT },
    principal: user(OTHER_ACCOUNT),
    naming: notAtAll,
  },
  { name: "account, anonymous", element: { AWS: ACCOUNT }, principal: anonymous, naming: notAtAll },
  { name: "user", element: { AWS: alice.arn }, principal: alice, naming: directly },
  { name: "another user", element: { AWS: user(ACCOUNT, "bob").arn }, principal: alice, naming: notAtAll },
  { name: "role, its session", element: { AWS: reader.roleArn }, principal: reader, naming: byRole },
  {
    name: "role without its path",
    element: { AWS: `arn:aws:iam::${ACCOUNT}:role/reader` },
    principal: reader,
    naming: notAtAll,
  },
  { name: "session", element: { AWS: reader.sessionArn }, principal: reader, naming: directly },
  {
    name: "account, role and session",
    element: { AWS: [ACCOUNT, reader.roleArn, reader.sessionArn] },
    principal: reader,
    naming: directly,
  },
  {
    name: "a wildcard within",
    element: { AWS: `arn:aws:iam::${ACCOUNT}:role/*` },
    principal: reader,
    naming: notAtAll,
  },
  {
    name: "a deleted role's id",
    element: { AWS: "AROA4KJY2TU23Y7NK62MV" },
    principal: reader,
    naming: notAtAll,
  },
  {
    name: "a deleted user's id",
    element: { AWS: "AIDA4KJY2TU23Y7NK62MV" },
    principal: alice,
    naming: notAtAll,
  },
  { name: "a service", element: { Service: "lambda.amazonaws.com" }, principal: lambda, naming: directly },
  {
    name: "another service",
    element: { Service: ["s3.amazonaws.com"] },
    principal: lambda,
    naming: notAtAll,
  },
  {
    name: "a service, a user",
    element: { Service: "lambda.amazonaws.com" },
    principal: alice,
    naming: notAtAll,
  },
  { name: "federated", element: { Federated: "accounts.google.com" }, principal: alice, naming: notAtAll },
  {
    name: "a provider",
    element: { Federated: ["accounts.google.com"] },
    principal: google,
    naming: directly,
  },
  { name: "another provider", element: { Federated: "gitlab.com" }, principal: google, naming: notAtAll },
  { name: "an account, a provider's", element: { AWS: ACCOUNT }, principal: google, naming: notAtAll },
  { name: "everyone, a provider's", element: "*", principal: google, naming: directly },
];

const notPrincipals: readonly {
  name: string;
  element: PrincipalElement;
  principal: RequestPrincipal;
  boundary?: true;
  denied: boolean;
}[] = [
  { name: "account and user", element: { AWS: [ACCOUNT, alice.arn] }, principal: alice, denied: false },
  { name: "the user without the account", element: { AWS: alice.arn }, principal: alice, denied: true },
  { name: "the account without the user", element: { AWS: ACCOUNT }, principal: alice, denied: true },
  {
    name: "account and role",
    element: { AWS: [ROOT_ARN, reader.roleArn] },
    principal: reader,
    denied: false,
  },
  {
    name: "account and session",
    element: { AWS: [ROOT_ARN, reader.sessionArn] },
    principal: reader,
    denied: true,
  },
  { name: "account, root", element: { AWS: ROOT_ARN }, principal: root(), denied: false },
  {
    name: "with a permissions boundary",
    element: { AWS: [ACCOUNT, alice.arn] },
    principal: alice,
    boundary: true,
    denied: true,
  },
  { name: "a service", element: { Service: "lambda.amazonaws.com" }, principal: lambda, denied: false },
  { name: "another service", element: { Service: "s3.amazonaws.com" }, principal: lambda, denied: true },
  { name: "anonymous", element: { AWS: ACCOUNT }, principal: anonymous, denied: true },
  { name: "everyone, anonymous", element: "*", principal: anonymous, denied: false },
  { name: "everyone by type, a user", element: { AWS: "*" }, principal: alice, denied: false },
  { name: "a provider", element: { Federated: "accounts.google.com" }, principal: google, denied: false },
  { name: "another provider", element: { Federated: "gitlab.com" }, principal: google, denied: true },
  { name: "an account, a provider's", element: { AWS: ACCOUNT }, principal: google, denied: true },
];

describe("Principal", () => {
  for (const { name, element, principal, naming } of principals) {
    it(`${name} is ${Object.keys(NAMED)[naming]}`, () => {
      const names = compilePrincipal(allow({ Principal: element }));
      assert.equal(names(prepareEvaluation(read(principal), false)), naming);
    });
  }

  it("absent means whoever the policy is attached to", () => {
    assert.equal(compilePrincipal(allow())(prepareEvaluation(read(alice), false)), directly);
  });

  it("reads an account from digits and root ARNs of any partition only", () => {
    assert.deepEqual(
      [ACCOUNT, ROOT_ARN, `arn:aws-us-gov:iam::${ACCOUNT}:root`, alice.arn, "11111111111"].map(accountIdOf),
      [ACCOUNT, ACCOUNT, ACCOUNT, undefined, undefined],
    );
  });

  it("of a grant is named like that of a statement", () => {
    assert.deepEqual(
      [reader.roleArn, reader.sessionArn, ACCOUNT, alice.arn].map((grantee) =>
        namingOfGrantee(grantee, reader),
      ),
      [byRole, directly, byAccount, notAtAll],
    );
  });
});

describe("NotPrincipal", () => {
  for (const { name, element, principal, boundary = false, denied } of notPrincipals) {
    it(`${name}: ${denied ? "denied" : "spared"}`, () => {
      const statement = deny({ NotPrincipal: element });
      const naming = compilePrincipal(statement)(prepareEvaluation(read(principal), boundary));
      assert.equal(naming, denied ? directly : notAtAll);
    });
  }

  it("with Allow means no one", () => {
    const names = compilePrincipal(allow({ NotPrincipal: { AWS: OTHER_ACCOUNT } }));
    assert.equal(names(prepareEvaluation(read(alice), false)), notAtAll);
  });
});
