import { strict as assert } from "assert";
import { parsePolicy } from "../../iam";
import { DocumentKind } from "../../iam/policy-kind";

const ALLOW = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };
const TO_EVERYONE = { ...ALLOW, Principal: "*" };
const TRUST = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };

function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

const accepted: readonly { name: string; kind: DocumentKind; text: string }[] = [
  { name: "identity", kind: "identity", text: policy(ALLOW) },
  { name: "boundary", kind: "boundary", text: policy(ALLOW) },
  { name: "session", kind: "session", text: policy(ALLOW) },
  { name: "service control policy", kind: "scp", text: policy(ALLOW) },
  { name: "secret policy", kind: "resource", text: policy(TO_EVERYONE) },
  { name: "key policy", kind: "key", text: policy(TO_EVERYONE) },
  { name: "endpoint policy", kind: "endpoint", text: policy(TO_EVERYONE) },
  { name: "function policy", kind: "function", text: policy(TO_EVERYONE) },
  { name: "resource control policy", kind: "rcp", text: policy({ ...TO_EVERYONE, Effect: "Deny" }) },
  { name: "trust policy", kind: "trust", text: policy(TRUST) },
  { name: "one statement without brackets", kind: "identity", text: JSON.stringify({ Statement: ALLOW }) },
  { name: "empty Sids", kind: "identity", text: policy({ ...ALLOW, Sid: "" }, { ...ALLOW, Sid: "" }) },
  { name: "different Sids", kind: "identity", text: policy({ ...ALLOW, Sid: "A" }, { ...ALLOW, Sid: "B" }) },
  {
    name: "an id and the old version",
    kind: "identity",
    text: JSON.stringify({ Version: "2008-10-17", Id: "x", Statement: [ALLOW] }),
  },
];

const refused: readonly { name: string; kind?: DocumentKind; text: string; problems: readonly string[] }[] = [
  { name: "an array", text: "[]", problems: ["a policy is a JSON object"] },
  {
    name: "an unknown element",
    text: JSON.stringify({ Statement: [ALLOW], Comment: "x" }),
    problems: ["Comment: unknown element"],
  },
  {
    name: "an unknown version",
    text: JSON.stringify({ Version: "2020-01-01", Statement: [ALLOW] }),
    problems: ['Version: must be "2012-10-17" or "2008-10-17"'],
  },
  {
    name: "a number as id",
    text: JSON.stringify({ Id: 1, Statement: [ALLOW] }),
    problems: ["Id: must be text"],
  },
  { name: "no statement", text: "{}", problems: ["Statement: missing"] },
  {
    name: "an empty list of statements",
    text: policy(),
    problems: ["Statement: needs at least one statement"],
  },
  {
    name: "a repeated Sid",
    text: policy({ ...ALLOW, Sid: "A" }, { ...ALLOW, Sid: "A" }),
    problems: ['Sid "A": given to more than one statement'],
  },
  {
    name: "two repeated Sids, each once",
    text: policy(...["A", "B", "C", "A", "B", "A"].map((Sid) => ({ ...ALLOW, Sid }))),
    problems: ['Sid "A": given to more than one statement', 'Sid "B": given to more than one statement'],
  },
  {
    name: "a fault of one statement without brackets",
    text: JSON.stringify({ Statement: { ...ALLOW, Effect: "allow" } }),
    problems: ['Statement.Effect: must be "Allow" or "Deny"'],
  },
  {
    name: "a duplicate key",
    text: '{"Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}',
    problems: ["Statement[0].Effect: given more than once"],
  },
  {
    name: "a principal in an identity policy",
    text: policy(TO_EVERYONE),
    problems: ["Statement[0].Principal: not allowed in a policy of kind identity"],
  },
  {
    name: "no principal in a secret policy",
    kind: "resource",
    text: policy(ALLOW),
    problems: ["Statement[0].Principal: missing, and a policy of kind resource needs it"],
  },
  {
    name: "no principal in a resource control policy",
    kind: "rcp",
    text: policy(ALLOW),
    problems: ["Statement[0].Principal: missing, and a policy of kind rcp needs it"],
  },
  {
    name: "a resource in a trust policy",
    kind: "trust",
    text: policy({ ...TRUST, Resource: "*" }),
    problems: ["Statement[0].Resource: not allowed in a policy of kind trust"],
  },
  {
    name: "several problems at once",
    kind: "key",
    text: policy({ Effect: "allow", NotPrincipal: "*", Condition: { StringMatches: { a: "b" } } }),
    problems: [
      'Statement[0].Effect: must be "Allow" or "Deny"',
      "Statement[0].Action: missing, and a policy of kind key needs it",
      "Statement[0].Resource: missing, and a policy of kind key needs it",
      "Statement[0].Condition.StringMatches: unknown operator",
    ],
  },
];

describe("parsePolicy", () => {
  for (const { name, kind, text } of accepted) {
    it(`accepts: ${name}`, () => {
      assert.deepEqual(parsePolicy(text, kind), { ok: true, document: JSON.parse(text) as unknown });
    });
  }

  for (const { name, kind = "identity", text, problems } of refused) {
    it(`refuses: ${name}`, () => {
      assert.deepEqual(parsePolicy(text, kind), { ok: false, problems });
    });
  }

  it("refuses what is no JSON with one problem", () => {
    const parsed = parsePolicy('{"Statement":', "identity");
    assert.match(parsed.ok ? "" : parsed.problems.join("; "), /^not JSON: [^;]+$/);
  });
});
