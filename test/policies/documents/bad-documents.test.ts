import { strict as assert } from "assert";
import { Resource, types } from "../../../policies/stack/resource";
import { Rule } from "../../../policies/rule";
import { rules } from "../../../policies/rules";
import { role, rolePolicy } from "../support/identity";
import { findingsOf, policy, resource } from "../support/stack";

/** Everything that the pack's violations say about a stack, apart from what is missing in the stack itself. */
function refusals(stack: readonly Resource[]): readonly string[] {
  const said = rules.flatMap((rule: Rule) =>
    findingsOf(rule, stack).map((one) => ({ code: rule.code, ...one })),
  );
  return said.flatMap((one) =>
    "violation" in one && /^AWS refuses/.test(one.violation) ? [`${one.code}: ${one.violation}`] : [],
  );
}

/** Ways to hold a document, each with the code of the rule that reads it first and the document's name. */
const holders: readonly (readonly [
  string,
  string,
  string,
  (document: unknown) => readonly Resource[],
  object,
])[] = [
  [
    "a secret policy",
    "SM-09",
    'the policy of SecretPolicy "access"',
    (document) => [
      resource("secretPolicy", "access", { props: { policy: document, blockPublicPolicy: true } }),
    ],
    { Principal: { AWS: "111111111111" }, Action: "secretsmanager:GetSecretValue" },
  ],
  [
    "a key policy",
    "KMS-02",
    'the policy of Key "main"',
    (document) => [resource("key", "main", { props: { policy: document } })],
    { Principal: { AWS: "111111111111" }, Action: "kms:PutKeyPolicy" },
  ],
  [
    "an identity policy",
    "IAM-01",
    'the policy of RolePolicy "rights"',
    (document) => [role(), rolePolicy("rights", "worker", document)],
    { Action: "s3:ListAllMyBuckets" },
  ],
];

for (const [name, code, where, stackOf, elements] of holders) {
  const sound = { Effect: "Allow", Resource: "*", ...elements };
  const text = policy(sound);
  const bad: readonly (readonly [string, string, string])[] = [
    ["is not JSON", text.slice(1), "it is not JSON"],
    ["is cut off", text.slice(0, -3), "it is not JSON"],
    ["is JSON of something else", '"Allow"', "a policy is a JSON object"],
    ["has no statements", '{"Version":"2012-10-17"}', "Statement: missing"],
    [
      "has a key twice",
      text.replace('"Effect"', '"Effect":"Deny","Effect"'),
      "Statement[0].Effect: given more than once",
    ],
    ["has an unknown element", policy({ ...sound, Actions: "*" }), "Statement[0].Actions: unknown element"],
    [
      "has an unknown element beside its statements",
      text.replace("{", '{"Statements":[],'),
      "Statements: unknown element",
    ],
    [
      "has an unknown operator",
      policy({ ...sound, Condition: { StringMatches: { "aws:PrincipalOrgID": "o-1" } } }),
      "Statement[0].Condition.StringMatches: unknown operator",
    ],
    [
      "has an unknown version",
      text.replace("2012-10-17", "2024-01-01"),
      'Version: must be "2012-10-17" or "2008-10-17"',
    ],
  ];
  describe(`${name} that AWS refuses`, () => {
    it("but not a sound one", () => assert.deepEqual(refusals(stackOf(text)), []));
    for (const [what, document, reason] of bad) {
      it(`because it ${what}: one clear message`, () => {
        const message = `${code}: AWS refuses ${where}: ${reason}. Write a policy that AWS accepts.`;
        assert.deepEqual(refusals(stackOf(document)), [message]);
      });
    }
    it("as an object as well", () => {
      const object = { Version: "2012-10-17", Statement: [{ ...sound, Actions: "*" }] };
      const message = `${code}: AWS refuses ${where}: Statement[0].Actions: unknown element. Write a policy that AWS accepts.`;
      assert.deepEqual(refusals(stackOf(object)), [message]);
    });
  });
}

describe("a policy that is too long", () => {
  const limits = [
    ["key", "KMS-02", 'the policy of Key "long"', 32_768, "bytes", "a key policy"],
    [
      "secretPolicy",
      "SM-09",
      'the policy of SecretPolicy "long"',
      20_480,
      "characters",
      "the policy of a secret",
    ],
  ] as const;
  for (const [type, code, where, limit, unit, of] of limits) {
    const holding = (document: string) => [resource(type, "long", { props: { policy: document } })];
    it(`${of} of exactly ${limit} ${unit} is none`, () => {
      assert.deepEqual(refusals(holding(ofSize(limit))), []);
    });
    it(`${of} of one more is`, () => {
      assert.deepEqual(refusals(holding(ofSize(limit + 1))), [
        `${code}: AWS refuses ${where}: it has ${limit + 1} ${unit}, but AWS allows ${limit} for ${of}. ` +
          "Write a policy that AWS accepts.",
      ]);
    });
    it(`${of} with white space that AWS does not count is none`, () => {
      assert.deepEqual(refusals(holding(JSON.stringify(JSON.parse(ofSize(limit)), null, 8))), []);
    });
  }

  it("a trust policy as well", () => {
    const principals = Array.from(
      { length: 60 },
      (_, index) => `arn:aws:iam::111111111111:role/a-long-name-${index}`,
    );
    const document = policy({ Effect: "Allow", Principal: { AWS: principals }, Action: "sts:AssumeRole" });
    const [message, ...others] = refusals([role("worker", { assumeRolePolicy: document })]);
    assert.match(
      message!,
      /^IAM-08: AWS refuses the trust policy of Role "worker": it has \d+ characters, but AWS allows 2048/,
    );
    assert.deepEqual(others, []);
  });

  it("an identity policy is measured with its role's others, not by itself", () => {
    assert.deepEqual(refusals([role(), rolePolicy("rights", "worker", ofSize(12_000, {}))]), []);
  });
});

/** A document that renders to so many characters. */
function ofSize(size: number, principal: object = { Principal: { AWS: "111111111111" } }): string {
  const make = (length: number) =>
    policy({
      Sid: "S".repeat(length),
      Effect: "Allow",
      ...principal,
      Action: "kms:PutKeyPolicy",
      Resource: "*",
    });
  return make(size - make(0).length);
}

describe("types of the pack's resources", () => {
  it("are all different", () =>
    assert.equal(new Set(Object.values(types)).size, Object.values(types).length));
});
