import { keyDutiesSeparated } from "../../../../policies/rules/keys/key-duties-separated";
import { Case, testRule } from "../../support/cases";
import { allow, role, rolePolicy, when, worker } from "../../support/identity";
import { policy, resource, unknownText } from "../../support/stack";

const fix = "Let one principal administer the key and others use it.";
const arn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
const ci = "arn:aws:iam::111111111111:role/ci";
const statement = (principal: string, action: string | readonly string[], more: object = {}) => ({
  Effect: "Allow",
  Principal: { AWS: principal },
  Action: action,
  Resource: "*",
  ...more,
});
const root = statement("arn:aws:iam::111111111111:root", "kms:*");
const key = (...statements: readonly object[]) =>
  resource("key", "main", { props: { arn, policy: policy(...statements) } });
const both = (who: string): Case["says"] => [
  { on: "main", violation: `the policy of Key "main" lets ${who} administer the key and use it. ${fix}` },
];
const mayBoth: Case["says"] = [
  { on: "worker", violation: `Role "worker" may administer Key "main" and use it. ${fix}` },
];

/** Statements of the key's policy, and what is said. */
const documents: readonly (readonly [string, readonly object[], Case["says"]])[] = [
  ["the root", [root], []],
  ["one role for everything", [statement(ci, "kms:*")], both(ci)],
  ...["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"].map(
    (action) => [`${action} and Decrypt`, [statement(ci, [action, "kms:Decrypt"])], both(ci)] as const,
  ),
  ...["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom"].map(
    (action) =>
      [`PutKeyPolicy and ${action}`, [statement(ci, ["kms:PutKeyPolicy", action])], both(ci)] as const,
  ),
  ["over two statements", [statement(ci, "kms:Put*"), statement(ci, "kms:Decrypt")], both(ci)],
  ["administration", [statement(ci, ["kms:Put*", "kms:Schedule*", "kms:Describe*"])], []],
  ["use", [statement(ci, ["kms:Decrypt", "kms:GenerateDataKey"])], []],
  [
    "two roles, one for each",
    [statement(ci, "kms:Put*"), statement("arn:aws:iam::111111111111:role/app", "kms:Decrypt")],
    [],
  ],
  [
    "use through Secrets Manager is use",
    [
      statement(ci, "kms:Put*"),
      statement(
        ci,
        "kms:Decrypt",
        when("StringEquals", "kms:ViaService", "secretsmanager.eu-west-1.amazonaws.com"),
      ),
    ],
    both(ci),
  ],
  [
    "use denied",
    [
      statement(ci, "kms:*"),
      { ...statement(ci, ["kms:Decrypt", "kms:Generate*", "kms:ReEncrypt*"]), Effect: "Deny" },
    ],
    [],
  ],
  ["another account", [statement("222222222222", "kms:*")], both("account 222222222222")],
];

testRule(keyDutiesSeparated, [
  ...documents.map(([name, statements, says]): Case => ({ name, stack: [key(...statements)], says })),
  {
    name: "a role that is exempt",
    stack: [key(statement(ci, "kms:*"))],
    config: { exempt: ["arn:x", "arn:aws:iam::*:role/c?"] },
    says: [],
  },
  {
    name: "another role that is exempt",
    stack: [key(statement(ci, "kms:*"))],
    config: { exempt: ["arn:aws:iam::*:role/app"] },
    says: both(ci),
  },
  {
    name: "an identity to which the root leaves both",
    stack: [key(root), ...worker(allow("kms:*"))],
    says: mayBoth,
  },
  {
    name: "an identity over two policies",
    stack: [
      key(root),
      ...worker(allow("kms:PutKeyPolicy", arn)),
      rolePolicy("more", "worker", policy(allow("kms:Decrypt", arn))),
    ],
    says: mayBoth,
  },
  {
    name: "an identity that administers",
    stack: [key(root), ...worker(allow("kms:PutKeyPolicy", arn))],
    says: [],
  },
  { name: "an identity that uses", stack: [key(root), ...worker(allow("kms:Decrypt", arn))], says: [] },
  {
    name: "an identity with another key",
    stack: [key(root), ...worker(allow("kms:*", "arn:aws:kms:eu-west-1:111111111111:key/k-2"))],
    says: [],
  },
  {
    name: "an identity to which the key leaves use only",
    stack: [key(statement("111111111111", "kms:Decrypt")), ...worker(allow("kms:*"))],
    says: [],
  },
  {
    name: "an identity to which the key leaves administration only",
    stack: [key(statement("111111111111", "kms:Put*")), ...worker(allow("kms:*"))],
    says: [],
  },
  {
    name: "an identity of another account",
    stack: [
      key(root),
      resource("role", "worker", { props: { name: "worker" }, account: "222222222222" }),
      resource("rolePolicy", "rights", {
        props: { role: "worker", policy: policy(allow("kms:*")) },
        account: "222222222222",
      }),
    ],
    says: [],
  },
  { name: "an administrator, who is IAM-01's", stack: [key(root), ...worker(allow("*"))], says: [] },
  {
    name: "a policy that nothing attaches",
    stack: [key(root), resource("policy", "p", { props: { policy: policy(allow("kms:*")) } })],
    says: [],
  },
  {
    name: "a key of an unknown account leaves nothing to tell",
    stack: [
      resource("key", "main", { props: { policy: policy(root) }, account: null }),
      ...worker(allow("kms:*")),
    ],
    says: [],
  },
  {
    name: "a policy that is not known does not silence the next",
    stack: [resource("key", "later", { props: { policy: unknownText } }), key(statement(ci, "kms:*"))],
    says: [
      { on: "later", undecided: 'the policy of Key "later" is not known / the value of `policy`' },
      ...both(ci),
    ],
  },
  {
    name: "a policy that AWS refuses is KMS-02's",
    stack: [resource("key", "main", { props: { policy: "{" } }), role()],
    says: [],
  },
  {
    name: "more conditions than are tried",
    stack: [
      key(
        statement(ci, "kms:*", {
          Condition: {
            StringEquals: Object.fromEntries(
              Array.from({ length: 14 }, (_, index) => [`aws:PrincipalTag/t${index}`, ["a", "b", "c"]]),
            ),
            DateLessThan: { "aws:CurrentTime": "2001-01-01T00:00:00Z" },
          },
        }),
      ),
    ],
    says: [
      {
        on: "main",
        undecided:
          'the policy of Key "main" has too many conditions to try them all / a policy with fewer condition values',
      },
    ],
  },
]);
