import { strict as assert } from "assert";
import { Condition, Conjunction, Who } from "../../../iam/proof";
import { admitsAnyToken } from "../../../policies/world";

const github = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com";
const saml = "arn:aws:iam::222222222222:saml-provider/staff";
const of = (provider: string): Who => ({ kind: "federated", provider });
const claim = (name: string) => `token.actions.githubusercontent.com:${name}`;
const asks = (key: string, anyOf: readonly string[], noneOf: readonly string[] = []): Condition => ({
  key,
  anyOf,
  noneOf,
  absent: "must not be",
  text: "",
});
const subject = (...anyOf: readonly string[]) => asks(claim("sub"), anyOf);

const cases: readonly (readonly [string, Who, readonly Conjunction[], boolean])[] = [
  ["asks nothing", of(github), [[]], true],
  ["is never open", of(github), [], false],
  ["asks for an audience, which the caller chooses", of(github), [[asks(claim("aud"), ["sts.x"])]], true],
  ["asks for one repository", of(github), [[subject("repo:orders/api:ref:refs/heads/main")]], false],
  ["asks for any repository", of(github), [[subject("repo:*")]], true],
  ["asks for any of these, of which one is wide", of(github), [[subject("repo:orders/*", "repo:*")]], true],
  ["asks for any subject but ours", of(github), [[asks(claim("sub"), [], ["repo:orders/*"])]], true],
  ["asks for no repository", of(github), [[asks(claim("sub"), ["repo:*"], ["repo:*"])]], false],
  [
    "asks for the claim in other letters",
    of(github),
    [[asks(claim("SUB").toUpperCase(), ["repo:o/*"])]],
    false,
  ],
  [
    "asks for one subject and an audience",
    of(github),
    [[asks(claim("aud"), ["sts.x"]), subject("repo:orders/*")]],
    false,
  ],
  ["has a narrow way and an open one", of(github), [[subject("repo:orders/*")], [subject("repo:*")]], true],
  [
    "asks for a place as well, whatever the token",
    of(github),
    [[asks("aws:SourceIp", ["10.0.0.0/8"])]],
    true,
  ],
  [
    "asks for an application of Google",
    of("accounts.google.com"),
    [[asks("accounts.google.com:aud", ["a"])]],
    false,
  ],
  ["takes any application of Google", of("accounts.google.com"), [[]], true],
  ["is for a provider of SAML assertions", of(saml), [[]], false],
  ["is for a service", { kind: "aws-service", service: "x" }, [[]], false],
  ["is for a role", { kind: "principal", arn: github, accountId: "222222222222" }, [[]], false],
];

describe("a step that lets in any token of a provider for all", () => {
  for (const [name, who, under, expected] of cases) {
    it(`${name}: ${expected ? "yes" : "no"}`, () => assert.equal(admitsAnyToken({ who, under }), expected));
  }
});
