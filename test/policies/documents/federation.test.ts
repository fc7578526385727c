import { strict as assert } from "assert";
import { PolicyDocument } from "../../../iam";
import { admitsStrangers, issuersIn } from "../../../policies/documents/federation";
import { worstOf } from "../../../policies/documents/probe";
import { admitsConfusedDeputy } from "../../../policies/documents/service-trust";
import { when } from "../support/identity";

const github = "token.actions.githubusercontent.com";
const provider = (issuer: string) => `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
const role = {
  actions: ["sts:AssumeRole"],
  accountId: "111111111111",
  resourceArns: ["arn:aws:iam::111111111111:role/worker"],
};
const web = "sts:AssumeRoleWithWebIdentity";
const document = (...statements: readonly object[]) =>
  ({ Version: "2012-10-17", Statement: statements }) as unknown as PolicyDocument;
const trusting = (principal: unknown, more: object = {}) => ({
  Effect: "Allow",
  Principal: principal,
  Action: web,
  ...more,
});
const complex = {
  StringEquals: Object.fromEntries(
    Array.from({ length: 14 }, (_, index) => [`aws:PrincipalTag/t${index}`, ["a", "b", "c"]]),
  ),
  DateLessThan: { "aws:CurrentTime": "2001-01-01T00:00:00Z" },
};

describe("issuers in a trust policy", () => {
  const cases: readonly (readonly [string, readonly object[], readonly string[]])[] = [
    ["a provider", [trusting({ Federated: provider(github) })], [github]],
    [
      "a provider with a path",
      [trusting({ Federated: provider("oidc.example.com/id/A") })],
      ["oidc.example.com/id/A"],
    ],
    [
      "two in a list, one twice",
      [trusting({ Federated: [provider("a"), provider("b")] }), trusting({ Federated: provider("a") })],
      ["a", "b"],
    ],
    [
      "those that AWS knows by name",
      ["accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com"].map(
        (name) => trusting({ Federated: name }),
      ),
      ["accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com"],
    ],
    ["SAML", [trusting({ Federated: "arn:aws:iam::111111111111:saml-provider/idp" })], []],
    ["another name", [trusting({ Federated: "example.com" })], []],
    ["a denied provider", [{ ...trusting({ Federated: provider(github) }), Effect: "Deny" }], []],
    [
      "a service, an account, everybody, nobody",
      [
        trusting({ Service: "ec2.amazonaws.com" }),
        trusting({ AWS: "111111111111" }),
        trusting("*"),
        { Effect: "Allow", Action: web },
      ],
      [],
    ],
  ];
  for (const [name, statements, expected] of cases)
    it(name, () => assert.deepEqual(issuersIn(document(...statements)), expected));
});

describe("tokens of strangers", () => {
  const answer = (issuer: string, ...statements: readonly object[]) =>
    admitsStrangers(document(...statements), issuer, role);
  const at = (issuer: string, conditions: object) =>
    trusting(
      { Federated: issuer.includes(".com") && !issuer.includes("token") ? issuer : provider(issuer) },
      { Condition: conditions },
    );
  const cases: readonly (readonly [string, string, readonly object[], string])[] = [
    ["no condition", github, [at(github, {})], "admitted"],
    [
      "the subject",
      github,
      [at(github, { StringEquals: { [`${github}:sub`]: "repo:a/b:ref:refs/heads/main" } })],
      "refused",
    ],
    [
      "another claim",
      github,
      [at(github, { StringEquals: { [`${github}:repository_owner`]: "acme" } })],
      "refused",
    ],
    [
      "a claim in another case",
      github,
      [at(github, { StringEquals: { [`${github.toUpperCase()}:SUB`]: "repo:a/b:x" } })],
      "refused",
    ],
    [
      "the audience, which a caller chooses",
      github,
      [at(github, { StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } })],
      "admitted",
    ],
    [
      "an audience that is none of them",
      github,
      [at(github, { StringEquals: { [`${github}:audx`]: "sts.amazonaws.com" } })],
      "refused",
    ],
    [
      "the audience, where it is the application",
      "accounts.google.com",
      [at("accounts.google.com", { StringEquals: { "accounts.google.com:aud": "1" } })],
      "refused",
    ],
    [
      "the application",
      "graph.facebook.com",
      [at("graph.facebook.com", { StringEquals: { "graph.facebook.com:app_id": "1" } })],
      "refused",
    ],
    [
      "the application, whichever",
      "www.amazon.com",
      [at("www.amazon.com", { StringLike: { "www.amazon.com:app_id": "*" } })],
      "admitted",
    ],
    ["a claim of another issuer", github, [at(github, { StringEquals: { "other:sub": "x" } })], "admitted"],
    ["statements of another issuer", github, [at("gitlab.example", {})], "refused"],
    [
      "one of two issuers of a statement",
      github,
      [trusting({ Federated: [provider("a"), provider(github)] })],
      "admitted",
    ],
    ["everybody else's denied", github, [at(github, {}), { ...trusting("*"), Effect: "Deny" }], "refused"],
    [
      "another issuer's denied",
      github,
      [at(github, {}), { ...trusting({ Federated: provider("a") }), Effect: "Deny" }],
      "admitted",
    ],
    [
      "a service's denied",
      github,
      [at(github, {}), { ...trusting({ Service: "ec2.amazonaws.com" }), Effect: "Deny" }],
      "admitted",
    ],
    ["the wrong action", github, [{ ...at(github, {}), Action: "sts:AssumeRoleWithSAML" }], "refused"],
    ["too many conditions", github, [at(github, complex)], "too-complex"],
    [
      "every Terraform workspace",
      "app.terraform.io",
      [
        trusting(
          { Federated: provider("app.terraform.io") },
          when("StringLike", "app.terraform.io:sub", "organization:*:project:*:workspace:*:run_phase:*"),
        ),
      ],
      "admitted",
    ],
    [
      "every Pulumi stack",
      "api.pulumi.com/oidc",
      [
        trusting(
          { Federated: provider("api.pulumi.com/oidc") },
          when("StringLike", "api.pulumi.com/oidc:sub", "pulumi:deploy:org:*"),
        ),
      ],
      "admitted",
    ],
    [
      "one Pulumi organisation",
      "api.pulumi.com/oidc",
      [
        trusting(
          { Federated: provider("api.pulumi.com/oidc") },
          when("StringLike", "api.pulumi.com/oidc:sub", "pulumi:deploy:org:acme:*"),
        ),
      ],
      "refused",
    ],
  ];
  for (const [name, issuer, statements, expected] of cases)
    it(`${name}: ${expected}`, () => assert.equal(answer(issuer, ...statements), expected));
});

describe("services that act for others", () => {
  const service = "scheduler.amazonaws.com";
  const answer = (more: object, name = service) =>
    admitsConfusedDeputy(
      document({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole", ...more }),
      name,
      role,
    );
  const cases: readonly (readonly [string, object, string])[] = [
    ["no condition", {}, "admitted"],
    ["one account", when("StringEquals", "aws:SourceAccount", "111111111111"), "refused"],
    ["a pattern of all accounts", when("StringLike", "aws:SourceAccount", "*"), "admitted"],
    [
      "one organisation's paths",
      when("ForAnyValue:StringLike", "aws:SourceOrgPaths", "o-strongroom/*"),
      "refused",
    ],
    [
      "one organisation's paths, for all values",
      when("ForAllValues:StringLike", "aws:SourceOrgPaths", "o-strongroom/*"),
      "admitted",
    ],
    ["that it is a service", when("Bool", "aws:PrincipalIsAWSService", "true"), "admitted"],
    ["that it is none", when("Bool", "aws:PrincipalIsAWSService", "false"), "refused"],
    ["its name", when("StringEquals", "aws:PrincipalServiceName", service), "admitted"],
    ["another name", when("StringEquals", "aws:PrincipalServiceName", "x"), "refused"],
    ["a condition that anybody meets", when("Bool", "aws:SecureTransport", "true"), "admitted"],
    ["another action", { Action: "sts:TagSession" }, "refused"],
    ["too many conditions", { Condition: complex }, "too-complex"],
  ];
  for (const [name, more, expected] of cases)
    it(`${name}: ${expected}`, () => assert.equal(answer(more), expected));
  it("another service: refused", () => assert.equal(answer({}, "states.amazonaws.com"), "refused"));
});

describe("several answers", () => {
  it("come to the one that counts most", () => {
    assert.equal(worstOf(["refused", "too-complex", "admitted"]), "admitted");
    assert.equal(worstOf(["refused", "too-complex"]), "too-complex");
    assert.equal(worstOf(["refused"]), "refused");
    assert.equal(worstOf([]), "refused");
  });
});
