import { strict as assert } from "assert";
import { proveAccess } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { Frame } from "../../../iam/proof/frame";
import { actionFor, federatedSubject, providersIn } from "../../../iam/proof/federation";
import { attached, deny, allow } from "../worlds";
import { mayRead, role, SECRETS, whoText, world } from "./access-worlds";

const GITHUB = `arn:aws:iam::${SECRETS}:oidc-provider/token.actions.githubusercontent.com`;
const SAML = `arn:aws:iam::${SECRETS}:saml-provider/staff`;
const SUB = "token.actions.githubusercontent.com:sub";
const AUD = "token.actions.githubusercontent.com:aud";
const AUDIENCE = { [AUD]: "sts.amazonaws.com" };

type Condition = Statement["Condition"];

function web(Condition?: Condition, provider = GITHUB): Statement {
  return {
    Effect: "Allow",
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    ...(Condition && { Condition }),
  };
}

function found(statements: readonly Statement[], rcps?: readonly Statement[]): readonly string[] {
  const reader = role("reader", {
    accountId: SECRETS,
    identity: [mayRead],
    trust: attached("trust policy", ...statements),
  });
  const [account, ...rest] = world().accounts;
  const held = { ...account!, ...(rcps && { rcps: [[attached("rcp", ...rcps)]] }) };
  const given = world({ principals: [reader], accounts: [held, ...rest] });
  return proveAccess(given)
    .secret("orders/database")
    .indirect.map(({ who, path, reader: end }) => {
      const [step] = path;
      const when = step!.under.map((all) => all.map(({ text }) => text).join(" and ") || "always");
      const open = step!.cannotTell.map(({ subject }) => subject);
      const succeeds = step!.witness?.steps.every(({ decision }) => decision.allowed) ?? false;
      const text = `${step!.by} when ${when.join(" or ")} -> ${whoText(end)}`;
      return `${whoText(who)} ${text}${succeeds ? "" : " (no call)"}${open.length > 0 ? ` (${open.join()})` : ""}`;
    });
}

const provider = "federated";
const reads = (by: string, when: string) => [`${provider} sts:${by} when ${when} -> ${SECRETS}:role/reader`];

const cases: readonly {
  readonly name: string;
  readonly trust: readonly Statement[];
  readonly rcps?: readonly Statement[];
  readonly found: readonly string[];
}[] = [
  {
    name: "a subject and an audience",
    trust: [web({ StringEquals: { ...AUDIENCE, [SUB]: "repo:orders/api:ref:refs/heads/main" } })],
    found: reads(
      "AssumeRoleWithWebIdentity",
      `${AUD} is sts.amazonaws.com and ${SUB} is repo:orders/api:ref:refs/heads/main`,
    ),
  },
  {
    name: "a pattern of subjects",
    trust: [web({ StringEquals: AUDIENCE, StringLike: { [SUB]: "repo:orders/*" } })],
    found: reads("AssumeRoleWithWebIdentity", `${AUD} is sts.amazonaws.com and ${SUB} is repo:orders/*`),
  },
  {
    name: "any subject",
    trust: [web({ StringEquals: AUDIENCE })],
    found: reads("AssumeRoleWithWebIdentity", `${AUD} is sts.amazonaws.com`),
  },
  { name: "no condition at all", trust: [web()], found: reads("AssumeRoleWithWebIdentity", "always") },
  {
    name: "a claim that cannot be: no subject at all",
    trust: [web({ Null: { [SUB]: "true" } })],
    found: [],
  },
  {
    name: "the claim of another provider",
    trust: [web({ StringEquals: { "gitlab.com:sub": "x" } })],
    found: [],
  },
  {
    name: "an account's condition, which no token meets",
    trust: [web({ StringEquals: { "aws:PrincipalAccount": SECRETS } })],
    found: [],
  },
  { name: "the wrong action", trust: [{ ...web(), Action: "sts:AssumeRole" }], found: [] },
  {
    name: "the wrong action for an assertion",
    trust: [web(undefined, SAML)],
    found: [],
  },
  {
    name: "an assertion",
    trust: [
      {
        ...web({ StringEquals: { "saml:aud": "https://signin.aws.amazon.com/saml" } }, SAML),
        Action: "sts:AssumeRoleWithSAML",
      },
    ],
    found: reads("AssumeRoleWithSAML", "saml:aud is https://signin.aws.amazon.com/saml"),
  },
  {
    name: "a provider that AWS knows by its name",
    trust: [web({ StringEquals: { "accounts.google.com:aud": "1234" } }, "accounts.google.com")],
    found: reads("AssumeRoleWithWebIdentity", "accounts.google.com:aud is 1234"),
  },
  {
    name: "a denial of everybody but a subject",
    trust: [
      web(),
      {
        ...web({ StringNotEquals: { [SUB]: "repo:orders/api" } }),
        Effect: "Deny",
        Principal: "*",
      },
    ],
    found: reads("AssumeRoleWithWebIdentity", `${SUB} is repo:orders/api`),
  },
  {
    name: "a denial of the provider",
    trust: [web(), { ...web(), Effect: "Deny" }],
    found: [],
  },
  {
    name: "a resource control policy",
    trust: [web()],
    rcps: [allow({ Principal: "*" }), deny({ Principal: "*", Action: "sts:AssumeRoleWithWebIdentity" })],
    found: [],
  },
  {
    name: "a session of another provider",
    trust: [web({ StringEquals: { "aws:FederatedProvider": SAML } })],
    found: [],
  },
  {
    name: "an account's condition, which no assertion meets",
    trust: [
      {
        ...web({ StringEquals: { "aws:PrincipalAccount": SECRETS } }, SAML),
        Action: "sts:AssumeRoleWithSAML",
      },
    ],
    found: [],
  },
  {
    name: "an operator that nobody knows",
    trust: [web({ StringMatches: { [SUB]: "repo:orders/api" } } as Condition)],
    found: [`${reads("AssumeRoleWithWebIdentity", "always")[0]!} (no call) (StringMatches)`],
  },
];

describe("readers by what an identity provider says", () => {
  for (const { name, trust, rcps, found: expected } of cases) {
    it(name, () => assert.deepEqual(found(trust, rcps), expected));
  }
});

describe("providers of a trust policy", () => {
  it("are those of its Allow statements, each once", () => {
    const document = [
      web(),
      web(undefined, SAML),
      web(),
      { ...web(undefined, "x"), Effect: "Deny" as const },
    ];
    assert.deepEqual(providersIn(attached("trust", ...document)), [GITHUB, SAML]);
    assert.deepEqual(providersIn(attached("trust", { ...web(), Principal: "*" })), []);
    assert.deepEqual(providersIn(attached("trust", { ...web(), Principal: { AWS: SECRETS } })), []);
    assert.deepEqual(providersIn(attached("trust", allow())), []);
    assert.deepEqual(providersIn({ source: "trust", unknown: "not made" }), []);
    assert.deepEqual(providersIn(undefined), []);
    assert.deepEqual([GITHUB, SAML].map(actionFor), ["AssumeRoleWithWebIdentity", "AssumeRoleWithSAML"]);
  });
});

describe("whom an identity provider vouches for", () => {
  const frame: Frame = {
    action: "sts:AssumeRoleWithWebIdentity",
    route: "direct",
    region: "us-east-1",
    resource: { arn: "arn:aws:iam::111111111111:role/reader", accountId: SECRETS },
    fixed: new Map(),
    free: new Map(),
  };
  const state = (provider: string, key: string) => {
    const found = federatedSubject(provider).key(key, frame);
    if (found?.kind !== "free") return found;
    const { mayBeAbsent, hasManyValues } = found.domain;
    return `${mayBeAbsent ? "perhaps " : ""}${hasManyValues ? "several" : "one"}`;
  };
  const absent = { kind: "fixed", value: undefined };

  it("has the claims of the token", () => {
    assert.deepEqual(
      [SUB, AUD, "token.actions.githubusercontent.com:actor", "token.actions.githubusercontent.com:amr"].map(
        (key) => state(GITHUB, key),
      ),
      ["one", "one", "perhaps one", "perhaps several"],
    );
    assert.deepEqual(
      ["accounts.google.com:sub", "gitlab.com:sub", "saml:sub"].map((key) =>
        state("accounts.google.com", key),
      ),
      ["one", undefined, undefined],
    );
    assert.equal(state(GITHUB.replace("token", "Token"), SUB), "one");
  });

  it("has the attributes of the assertion", () => {
    assert.deepEqual(
      ["saml:sub", "saml:aud", "saml:iss", "saml:namequalifier", "saml:edupersonaffiliation", SUB].map(
        (key) => state(SAML, key),
      ),
      ["one", "one", "one", "perhaps one", "perhaps several", undefined],
    );
  });

  it("is of no account and comes by the provider", () => {
    assert.deepEqual(
      ["aws:federatedprovider", "aws:principaltype", "aws:principalaccount", "aws:sourceip"].map((key) =>
        state(SAML, key),
      ),
      [{ kind: "fixed", value: SAML }, absent, absent, undefined],
    );
  });

  it("is told apart by the provider", () => {
    const { who, principal, identity, label, domain } = federatedSubject(SAML);
    assert.deepEqual(
      [who, principal, identity, label],
      [{ kind: "federated", provider: SAML }, { kind: "federated", provider: SAML }, [], []],
    );
    assert.notEqual(domain, federatedSubject(GITHUB).domain);
  });
});
