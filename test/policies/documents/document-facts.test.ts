import { strict as assert } from "assert";
import { Statement } from "../../../iam";
import { DocumentFacts, factsOf, list } from "../../../policies/documents/document-facts";

const role = "arn:aws:iam::222222222222:role/orders";
const allow = (more: object): Statement =>
  ({ Effect: "Allow", Action: "*", Resource: "*", ...more }) as Statement;
const deny = (more: object): Statement => ({ ...allow(more), Effect: "Deny" });

/** Facts, with the literals as an object. */
function facts(...statements: readonly Statement[]) {
  const found = factsOf({ Version: "2012-10-17", Statement: statements });
  return { ...found, literals: Object.fromEntries(found.literals) };
}

const nothing = { literals: {}, accounts: [], principals: [], opensToUnnamed: false, resources: [] };

describe("the facts of a document", () => {
  const cases: readonly (readonly [
    string,
    readonly Statement[],
    Partial<Record<keyof DocumentFacts, unknown>>,
  ])[] = [
    ["are none of nobody and everything", [allow({})], {}],
    [
      "have the principals by ARN, and their accounts",
      [allow({ Principal: { AWS: role } })],
      { principals: [role], accounts: ["222222222222"] },
    ],
    [
      "have accounts by number",
      [allow({ Principal: { AWS: ["222222222222", "333333333333"] } })],
      { accounts: ["222222222222", "333333333333"] },
    ],
    [
      "have each once",
      [allow({ Principal: { AWS: role } }), allow({ Principal: { AWS: [role, "222222222222"] } })],
      { principals: [role], accounts: ["222222222222"] },
    ],
    ["leave out whom a statement denies", [deny({ Principal: { AWS: role } })], {}],
    ["leave out services", [allow({ Principal: { Service: "lambda.amazonaws.com" } })], {}],
    ["are open to everybody by a star", [allow({ Principal: "*" })], { opensToUnnamed: true }],
    [
      "are open to everybody by a star of AWS",
      [allow({ Principal: { AWS: [role, "*"] } })],
      { opensToUnnamed: true, principals: [role], accounts: ["222222222222"] },
    ],
    [
      "are open to whom they do not except",
      [allow({ NotPrincipal: { AWS: role } })],
      { opensToUnnamed: true },
    ],
    ["are not open by what they deny", [deny({ Principal: "*" })], {}],
    [
      "have accounts by conditions on the caller",
      [
        allow({
          Condition: {
            StringLike: { "aws:PrincipalArn": [role, "*"] },
            StringEquals: { "aws:PrincipalAccount": "333333333333", "kms:CallerAccount": ["444444444444"] },
          },
        }),
      ],
      {
        accounts: ["222222222222", "333333333333", "444444444444"],
        literals: {
          "aws:principalarn": [role, "*"],
          "aws:principalaccount": ["333333333333"],
          "kms:calleraccount": ["444444444444"],
        },
      },
    ],
    [
      "take no pattern and no longer number for an account",
      [
        allow({
          Principal: { AWS: "2222222222222" },
          Condition: { StringLike: { "aws:PrincipalAccount": ["22222222222?", "x222222222222"] } },
        }),
      ],
      { literals: { "aws:principalaccount": ["22222222222?", "x222222222222"] } },
    ],
    [
      "have the values of a key together, whatever its case and operator",
      [
        allow({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }),
        deny({
          Condition: {
            StringNotEquals: { "AWS:sourcevpc": ["vpc-2", "vpc-1"] },
            Bool: { "aws:SecureTransport": false },
          },
        }),
      ],
      { literals: { "aws:sourcevpc": ["vpc-1", "vpc-2"], "aws:securetransport": ["false"] } },
    ],
    [
      "have the resources that are named, once",
      [allow({ Resource: ["a", "*"] }), deny({ Resource: "a" }), deny({ Resource: ["b"] })],
      { resources: ["a", "b"] },
    ],
  ];
  for (const [name, statements, expected] of cases) {
    it(name, () => assert.deepEqual(facts(...statements), { ...nothing, ...expected }));
  }

  it("are found once for each document", () => {
    const document = { Version: "2012-10-17", Statement: [allow({})] } as const;
    assert.equal(factsOf(document), factsOf(document));
  });
});

describe("a list of a policy", () => {
  it("may be one text, several or none", () => {
    assert.deepEqual([list("a"), list(["a", "b"]), list(undefined)], [["a"], ["a", "b"], []]);
  });
});
