import { strict as assert } from "assert";
import { PolicyDocument, Statement } from "../../../iam";
import { Answer, ask, Target, worstOf } from "../../../policies/documents/probe";
import { publicAccess } from "../../../policies/documents/public-access";
import { anonymous, loner, outsider, Requester } from "../../../policies/documents/requester";

const read = "secretsmanager:GetSecretValue";
const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const target: Target = { actions: [read], resourceArns: [arn], accountId: "111111111111" };
const member: Requester = {
  kind: "account",
  accountId: "222222222222",
  organizationId: "o-1",
  ownsNetworks: true,
};
const anyRole = "arn:aws:iam::222222222222:role/any-other-role";

const document = (...statements: readonly object[]): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: statements.map(
    (more) => ({ Effect: "Allow", Action: read, Resource: "*", ...more }) as Statement,
  ),
});
const ownRole = "arn:aws:iam::111111111111:role/worker";
const ownMember: Requester = {
  kind: "account",
  accountId: "111111111111",
  ownsNetworks: true,
  principalArn: ownRole,
};
const admitted = (principalArn: string): Answer => ({ kind: "admitted", principalArn });
const refused: Answer = { kind: "refused" };
const account = { Principal: { AWS: "222222222222" } };
const role = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const when = (operator: string, key: string, value: unknown) => ({
  Condition: { [operator]: { [key]: value } },
});
/** More combinations than are tried, none of which gets through. */
const complex = (principal: unknown) => [
  {
    Principal: principal,
    Condition: {
      StringEquals: Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`aws:x${index}`, "a"])),
      Null: { "aws:x0": "true" },
    },
  },
];

describe("the answer of a resource's policy", () => {
  const cases: readonly (readonly [string, PolicyDocument, Requester, Partial<Target>, Answer])[] = [
    ["admits a named account", document(account), member, {}, admitted(anyRole)],
    ["refuses an account that is not named", document(account), outsider, {}, refused],
    [
      "refuses another action",
      document(account),
      member,
      { actions: ["secretsmanager:PutSecretValue"] },
      refused,
    ],
    [
      "admits one of several actions",
      document(account),
      member,
      { actions: ["secretsmanager:PutSecretValue", read] },
      admitted(anyRole),
    ],
    ["refuses another resource", document({ ...account, Resource: `${arn}x` }), member, {}, refused],
    [
      "admits one of several resources",
      document({ ...account, Resource: `${arn}x` }),
      member,
      { resourceArns: [arn, `${arn}x`] },
      admitted(anyRole),
    ],
    ["admits a named role", document({ Principal: { AWS: role("a") } }), member, {}, admitted(role("a"))],
    [
      "admits a named user",
      document({ Principal: { AWS: "arn:aws:iam::222222222222:user/ada" } }),
      member,
      {},
      admitted("arn:aws:iam::222222222222:user/ada"),
    ],
    [
      "admits the one that is asked about",
      document({ Principal: { AWS: [role("a"), role("b")] } }),
      { ...member, principalArn: role("b") },
      {},
      admitted(role("b")),
    ],
    [
      "refuses another than is named",
      document({ Principal: { AWS: role("a") } }),
      { ...member, principalArn: role("b") },
      {},
      refused,
    ],
    [
      "admits the root user, who has no ARN of a role",
      document(account),
      { ...member, principalArn: "arn:aws:iam::222222222222:root" },
      {},
      { kind: "admitted" },
    ],
    [
      "admits everybody without credentials",
      document({ Principal: "*" }),
      anonymous,
      {},
      { kind: "admitted" },
    ],
    [
      "refuses those whom it denies",
      document(account, { Effect: "Deny", Principal: "*" }),
      member,
      {},
      refused,
    ],
    [
      "admits whom a denial excepts",
      document(
        { Principal: "*" },
        { Effect: "Deny", Principal: "*", ...when("StringNotEquals", "aws:PrincipalOrgID", "o-1") },
      ),
      member,
      {},
      admitted(anyRole),
    ],
    [
      "refuses others than a denial excepts",
      document(
        { Principal: "*" },
        { Effect: "Deny", Principal: "*", ...when("StringNotEquals", "aws:PrincipalOrgID", "o-1") },
      ),
      outsider,
      {},
      refused,
    ],
    [
      "admits by the caller's ARN in a condition",
      document({ Principal: "*", ...when("ArnEquals", "aws:PrincipalArn", role("a")) }),
      member,
      {},
      admitted(role("a")),
    ],
    [
      "admits the root user by its ARN",
      document({ ...account, ...when("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::222222222222:root") }),
      { ...member, principalArn: "arn:aws:iam::222222222222:root" },
      {},
      { kind: "admitted" },
    ],
    [
      "admits a user by its ARN",
      document({
        ...account,
        ...when("ArnEquals", "aws:PrincipalArn", "arn:aws:iam::222222222222:user/ada"),
      }),
      member,
      {},
      admitted("arn:aws:iam::222222222222:user/ada"),
    ],
    [
      "admits by the owner of the resource",
      document({ ...account, ...when("StringEquals", "aws:ResourceAccount", "111111111111") }),
      member,
      {},
      admitted(anyRole),
    ],
    [
      "admits from networks of the caller",
      document({ ...account, ...when("StringEquals", "aws:SourceVpc", "vpc-1") }),
      member,
      {},
      admitted(anyRole),
    ],
    [
      "refuses by a network when a service calls",
      document({ ...account, ...when("StringEquals", "aws:SourceVpc", "vpc-1") }),
      member,
      { viaService: true },
      refused,
    ],
    [
      "refuses by an endpoint when a service calls",
      document({ ...account, ...when("StringLike", "aws:SourceVpce", "*") }),
      member,
      { viaService: true },
      refused,
    ],
    [
      "refuses by an address when a service calls",
      document({ ...account, ...when("IpAddress", "aws:SourceIp", "0.0.0.0/0") }),
      member,
      { viaService: true },
      refused,
    ],
    [
      "refuses by a network's ARN when a service calls",
      document({ ...account, ...when("StringLike", "aws:SourceVpcArn", "*") }),
      member,
      { viaService: true },
      refused,
    ],
    [
      "admits calls through a service",
      document({ ...account, ...when("Bool", "aws:ViaAWSService", "true") }),
      member,
      { viaService: true },
      admitted(anyRole),
    ],
    [
      "refuses direct calls when a service calls",
      document({ ...account, ...when("Bool", "aws:ViaAWSService", "false") }),
      member,
      { viaService: true },
      refused,
    ],
    [
      "admits what the request is known to carry",
      document({ ...account, ...when("StringEquals", "aws:SourceAccount", "1") }),
      member,
      { context: { "aws:sourceaccount": "1" } },
      admitted(anyRole),
    ],
    [
      "refuses what it carries otherwise",
      document({ ...account, ...when("StringEquals", "aws:SourceVpc", "vpc-1") }),
      member,
      { context: { "aws:sourcevpc": "vpc-2" } },
      refused,
    ],
    [
      "admits its own account by other permissions",
      document({ Principal: { AWS: ownRole } }),
      ownMember,
      { actions: ["secretsmanager:PutSecretValue"] },
      admitted(ownRole),
    ],
    [
      "refuses its own account what only other permissions allow",
      document({ Principal: { AWS: ownRole } }),
      ownMember,
      { actions: ["secretsmanager:PutSecretValue"], byDocumentAlone: true },
      refused,
    ],
    [
      "admits its own account by itself",
      document({ Principal: { AWS: ownRole } }),
      ownMember,
      { byDocumentAlone: true },
      admitted(ownRole),
    ],
    ["has a limit", document(...complex({ AWS: "222222222222" })), member, {}, { kind: "too-complex" }],
  ];
  for (const [name, policy, requester, more, expected] of cases) {
    it(name, () => assert.deepEqual(ask(policy, requester, { ...target, ...more }), expected));
  }
});

describe("several answers", () => {
  const cases: readonly (readonly [readonly Answer["kind"][], Answer["kind"]])[] = [
    [[], "refused"],
    [["refused", "too-complex", "refused"], "too-complex"],
    [["too-complex", "admitted", "refused"], "admitted"],
  ];
  for (const [kinds, worst] of cases) {
    it(`${kinds.join(", ") || "none"}: ${worst}`, () => assert.equal(worstOf(kinds), worst));
  }
});

describe("access of the public", () => {
  const cases: readonly (readonly [string, readonly object[], string, Answer["kind"]])[] = [
    ["nobody", [account], "nobody", "refused"],
    ["anybody", [{ Principal: "*" }], "anybody, without credentials", "admitted"],
    [
      "any account",
      [{ Principal: "*", ...when("StringLike", "aws:PrincipalType", "AssumedRole") }],
      "any AWS account",
      "admitted",
    ],
    [
      "any account of an organisation",
      [{ Principal: "*", ...when("StringLike", "aws:PrincipalOrgID", "o-*") }],
      "any AWS account of another organisation",
      "admitted",
    ],
    ["nobody can tell", complex("*"), "anybody, without credentials", "too-complex"],
  ];
  for (const [name, statements, who, kind] of cases) {
    it(`is of ${name}`, () => {
      const found = publicAccess(document(...statements), target);
      assert.deepEqual([found.who, found.answer.kind], [who, kind]);
    });
  }

  it("is found in one class where another is too complex", () => {
    const [statement] = complex("*");
    const found = publicAccess(
      document(statement!, { Principal: "*", ...when("StringEquals", "aws:PrincipalType", "AssumedRole") }),
      target,
    );
    assert.deepEqual(found, {
      who: "any AWS account",
      answer: {
        kind: "admitted",
        principalArn: `arn:aws:iam::${(loner as { accountId: string }).accountId}:role/any-other-role`,
      },
    });
  });
});
