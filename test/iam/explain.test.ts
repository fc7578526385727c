import { strict as assert } from "assert";
import { Decision, explain } from "../../iam";

const statement = { source: "policy of secret orders/database", index: 1 };

const cases: readonly { decision: Decision; sentence: string }[] = [
  {
    decision: {
      allowed: true,
      by: {
        kind: "statements",
        statements: [
          { ...statement, sid: "Read" },
          { source: "inline policy read of role orders-service", index: 0 },
        ],
      },
    },
    sentence:
      'Allowed by statement "Read" of policy of secret orders/database and statement number 1 of inline policy read of role orders-service.',
  },
  {
    decision: { allowed: true, by: { kind: "grant", grantId: "0c23" } },
    sentence: "Allowed by grant 0c23 of the key.",
  },
  {
    decision: { allowed: true, by: { kind: "root" } },
    sentence: "Allowed by being the root user of the account that owns the resource.",
  },
  {
    decision: { allowed: false, because: { kind: "explicit-deny", policyKind: "scp", statement } },
    sentence:
      "Denied: statement number 2 of policy of secret orders/database denies it explicitly (service control policy).",
  },
  {
    decision: { allowed: false, because: { kind: "not-allowed", policyKind: "identity", sources: [] } },
    sentence: "Denied: there is no identity policy, and one must allow it.",
  },
  {
    decision: {
      allowed: false,
      because: { kind: "not-allowed", policyKind: "endpoint", sources: ["a", "b"] },
    },
    sentence: "Denied: no statement of the VPC endpoint policy allows it (looked at: a, b).",
  },
  {
    decision: { allowed: false, because: { kind: "no-resource-policy" } },
    sentence: "Denied: the resource has no policy, and one must allow it.",
  },
  {
    decision: {
      allowed: false,
      because: { kind: "key-policy-does-not-delegate", accountId: "222222222222" },
    },
    sentence:
      "Denied: neither the key policy nor a grant allows it to the caller or to account 222222222222, so the caller's own policies count for nothing.",
  },
  {
    decision: { allowed: false, because: { kind: "anonymous-not-allowed" } },
    sentence: "Denied: the request is anonymous, and no resource policy allows it to everyone.",
  },
];

describe("explain", () => {
  for (const { decision, sentence } of cases) {
    it(sentence, () => {
      assert.equal(explain(decision), sentence);
    });
  }
});
