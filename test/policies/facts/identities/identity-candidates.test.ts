import { strict as assert } from "assert";
import { Candidate } from "../../../../policies/documents/candidate-values";
import { identityCandidates } from "../../../../policies/facts/identities/identity-candidates";

const requester = { kind: "account", accountId: "111111111111", ownsNetworks: true } as const;
const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const other = "strongroom-unrelated";

describe("the values of a condition key in a request of an identity", () => {
  const cases: readonly (readonly [string, string, readonly string[], boolean, readonly Candidate[]])[] = [
    ["the policy that gives most", "iam:policyarn", ["x"], true, [admin]],
    ["a boundary or none", "iam:permissionsboundary", ["x"], true, [undefined, admin]],
    [
      "services that a role is passed to, and another",
      "iam:passedtoservice",
      ["lambda.*"],
      true,
      ["lambda.any", `${other}.amazonaws.com`],
    ],
    [
      "its organisation, whichever it is",
      "aws:principalorgid",
      ["o-1", "o-*"],
      false,
      ["o-1", "o-any", undefined],
    ],
    [
      "the organisation of the resource, whichever it is",
      "aws:resourceorgid",
      ["o-1"],
      true,
      ["o-1", undefined],
    ],
    ["the secret itself", "secretsmanager:secretid", ["x"], true, [arn]],
    [
      "its account in an ARN",
      "iam:passedtoservice",
      ["arn:aws:x::*:y"],
      false,
      ["arn:aws:x::111111111111:y", `${other}.amazonaws.com`],
    ],
    [
      "a tag of a resource that is named",
      "aws:resourcetag/team",
      ["orders"],
      false,
      ["orders", "any-other", undefined],
    ],
    ...[
      ...[
        "aws:resourcetag/team",
        "secretsmanager:resourcetag/team",
        "secretsmanager:resource/allowrotationlambdaarn",
      ],
      ...[
        "kms:resourcealiases",
        "kms:requestalias",
        "kms:encryptioncontext:secretarn",
        "kms:encryptioncontextkeys",
      ],
      ...["secretsmanager:name"],
    ].map((key): readonly [string, string, readonly string[], boolean, readonly Candidate[]] => [
      `${key} of a resource that no policy is about`,
      key,
      ["orders"],
      true,
      [other, undefined],
    ]),
    [
      "what only looks like a description of the resource",
      "kms:resourcealiases2",
      ["orders"],
      true,
      ["orders", "any-other", undefined],
    ],
    [
      "a name that ends otherwise",
      "secretsmanager:names",
      ["orders"],
      true,
      ["orders", "any-other", undefined],
    ],
    ["a tag of the request", "aws:requesttag/team", ["orders"], true, ["orders", "any-other", undefined]],
    ["what the document does not compare", "aws:userid", [], true, ["any-other", undefined]],
  ];
  for (const [name, key, named, unrelated, expected] of cases) {
    it(name, () => {
      const literals = new Map(named.length === 0 ? [] : [[key, named]]);
      assert.deepEqual(identityCandidates(key, literals, arn, requester, unrelated), expected);
    });
  }
});
