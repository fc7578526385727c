import { strict as assert } from "assert";
import { DocumentKind } from "../../iam/policy-kind";
import { statementProblems } from "../../iam/statement-problems";

const VALID = { Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: "*" };
const { Principal: _, ...WITHOUT_PRINCIPAL } = VALID;

const cases: readonly {
  name: string;
  statement: unknown;
  kind?: DocumentKind;
  problems: readonly string[];
}[] = [
  { name: "a valid one", statement: VALID, problems: [] },
  { name: "text", statement: "Allow", problems: ["S: a statement is a JSON object"] },
  {
    name: "an unknown element",
    statement: { ...VALID, Resources: "*" },
    problems: ["S.Resources: unknown element"],
  },
  { name: "a number as Sid", statement: { ...VALID, Sid: 1 }, problems: ["S.Sid: must be text"] },
  {
    name: "no effect",
    statement: { ...VALID, Effect: undefined },
    problems: ['S.Effect: must be "Allow" or "Deny"'],
  },
  {
    name: "Action and NotAction",
    statement: { ...VALID, NotAction: "s3:*" },
    problems: ["S.Action: excludes NotAction"],
  },
  {
    name: "Resource and NotResource",
    statement: { ...VALID, NotResource: "*" },
    problems: ["S.Resource: excludes NotResource"],
  },
  {
    name: "Principal and NotPrincipal",
    statement: { ...VALID, NotPrincipal: { AWS: "111111111111" } },
    problems: ["S.Principal: excludes NotPrincipal"],
  },
  {
    name: "an empty list of actions",
    statement: { ...VALID, Action: [] },
    problems: ["S.Action: must be text or a list of texts"],
  },
  {
    name: "a number as resource",
    statement: { ...VALID, Resource: [1] },
    problems: ["S.Resource: must be text or a list of texts"],
  },
  {
    name: "an action without a service",
    statement: { ...VALID, Action: ["GetObject", "s3:*", "*"] },
    problems: ['S.Action: "GetObject" is not service:Operation'],
  },
  {
    name: "a principal as text",
    statement: { ...VALID, Principal: "111111111111" },
    problems: ['S.Principal: must be "*" or principals by type'],
  },
  {
    name: "no principals",
    statement: { ...VALID, Principal: {} },
    problems: ['S.Principal: must be "*" or principals by type'],
  },
  {
    name: "an unknown type of principal",
    statement: { ...VALID, Principal: { Role: "x" } },
    problems: ["S.Principal.Role: unknown type of principal"],
  },
  {
    name: "a principal with a wildcard",
    statement: { ...VALID, Principal: { AWS: "arn:aws:iam::1:role/*" } },
    problems: ['S.Principal.AWS: "arn:aws:iam::1:role/*" has a wildcard within'],
  },
  { name: "everyone by type", statement: { ...VALID, Principal: { AWS: ["*"] } }, problems: [] },
  {
    name: "NotPrincipal with Deny",
    statement: { ...WITHOUT_PRINCIPAL, NotPrincipal: { AWS: "111111111111" } },
    problems: [],
  },
  {
    name: "faults of the Not... forms",
    statement: {
      Effect: "Deny",
      NotPrincipal: { Role: "x" },
      NotAction: ["GetObject"],
      NotResource: [],
    },
    problems: [
      "S.NotResource: must be text or a list of texts",
      'S.NotAction: "GetObject" is not service:Operation',
      "S.NotPrincipal.Role: unknown type of principal",
    ],
  },
  {
    name: "a list of actions with a number",
    statement: { ...WITHOUT_PRINCIPAL, Principal: "*", Action: undefined, NotAction: ["s3:Get*", 1] },
    problems: ["S.NotAction: must be text or a list of texts"],
  },
  {
    name: "no list of principals",
    statement: { ...VALID, Principal: { AWS: [], Service: 1 } },
    problems: [
      "S.Principal.AWS: must be text or a list of texts",
      "S.Principal.Service: must be text or a list of texts",
    ],
  },
  {
    name: "actions with more than a service and an operation",
    statement: { ...VALID, Action: ["s3:Get:Object", "s3:Get Object", "arn/s3:GetObject"] },
    problems: ["s3:Get:Object", "s3:Get Object", "arn/s3:GetObject"].map(
      (action) => `S.Action: "${action}" is not service:Operation`,
    ),
  },
  {
    name: "NotPrincipal where no principal may be",
    kind: "identity",
    statement: { ...WITHOUT_PRINCIPAL, NotPrincipal: { AWS: "111111111111" } },
    problems: ["S.NotPrincipal: not allowed in a policy of kind identity"],
  },
  {
    name: "NotPrincipal with Allow",
    statement: { ...WITHOUT_PRINCIPAL, Effect: "Allow", NotPrincipal: { AWS: "111111111111" } },
    problems: ['S.NotPrincipal: only with "Deny"'],
  },
  {
    name: "NotPrincipal in a resource control policy",
    kind: "rcp",
    statement: { ...WITHOUT_PRINCIPAL, NotPrincipal: { AWS: "111111111111" } },
    problems: ["S.NotPrincipal: not allowed in a policy of kind rcp"],
  },
  {
    name: "NotResource in place of Resource",
    statement: { Effect: "Deny", Principal: "*", Action: "s3:*", NotResource: "*" },
    problems: [],
  },
];

describe("a statement's problems", () => {
  for (const { name, statement, kind = "resource", problems } of cases) {
    it(name, () => {
      assert.deepEqual(statementProblems(statement, kind, "S"), problems);
    });
  }
});
