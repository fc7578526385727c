import { noAllowWithNot } from "../../../../policies/rules/identity/no-allow-with-not";
import { Case, testRule } from "../../support/cases";
import { allow, role, rolePolicy, worker } from "../../support/identity";
import { policy, resource, unknownText } from "../../support/stack";

const fix = "List what is allowed: what is added to AWS later must not be allowed by itself.";
const says = (on: string, where: string, ...elements: readonly string[]): Case["says"] =>
  elements.map((element) => ({ on, violation: `the ${where} allows with ${element}. ${fix}` }));
const notAction = { Effect: "Allow", NotAction: "iam:*", Resource: "*" };
const notResource = { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::private/*" };
const on = (statement: object) => ({ ...statement, Principal: { AWS: "111111111111" } });
const notPrincipal = { Effect: "Allow", NotPrincipal: { AWS: "222222222222" } };

/** Statements of one identity policy, and the elements that stand out. */
const documents: readonly (readonly [string, readonly object[], readonly string[]])[] = [
  ["NotAction", [notAction], ["NotAction"]],
  ["NotResource", [notResource], ["NotResource"]],
  ["both", [{ Effect: "Allow", NotAction: "iam:*", NotResource: "a" }], ["NotAction", "NotResource"]],
  ["twice in one document", [notAction, notAction], ["NotAction"]],
  ["after a statement that is none", [allow("s3:GetObject"), notAction], ["NotAction"]],
  ["NotAction to deny", [{ ...notAction, Effect: "Deny" }], []],
  ["NotResource to deny", [{ ...notResource, Effect: "Deny" }], []],
  ["neither", [allow("s3:GetObject")], []],
];

testRule(noAllowWithNot, [
  ...documents.map(([name, statements, elements]): Case => ({
    name,
    stack: worker(...statements),
    says: says("rights", 'policy of RolePolicy "rights"', ...elements),
  })),
  {
    name: "a single statement without brackets",
    stack: [role(), rolePolicy("rights", "worker", JSON.stringify({ Statement: notAction }))],
    says: says("rights", 'policy of RolePolicy "rights"', "NotAction"),
  },
  {
    name: "an inline policy of the role's own",
    stack: [role("worker", { inlinePolicies: [{ name: "a", policy: policy(notAction) }] })],
    says: says("worker", 'inline policy 1 of Role "worker"', "NotAction"),
  },
  {
    name: "a trust policy, which AWS refuses",
    stack: [role("worker", { assumeRolePolicy: policy({ ...notPrincipal, Action: "sts:AssumeRole" }) })],
    says: says("worker", 'trust policy of Role "worker"', "NotPrincipal"),
  },
  {
    name: "a trust policy with NotAction",
    stack: [
      role("worker", {
        assumeRolePolicy: policy({
          Effect: "Allow",
          Principal: { Service: "ec2.amazonaws.com" },
          NotAction: "sts:TagSession",
        }),
      }),
    ],
    says: says("worker", 'trust policy of Role "worker"', "NotAction"),
  },
  {
    name: "the policies of a secret, of its own resource and within",
    stack: [
      resource("secret", "orders", { props: { arn: "arn:s", policy: policy(on(notAction)) } }),
      resource("secretPolicy", "access", {
        props: {
          secretArn: "arn:s",
          policy: policy({ ...notPrincipal, Action: "secretsmanager:GetSecretValue", Resource: "*" }),
        },
      }),
    ],
    says: [
      ...says("orders", 'policy of Secret "orders"', "NotAction"),
      ...says("access", 'policy of SecretPolicy "access"', "NotPrincipal"),
    ],
  },
  {
    name: "the policy of a key",
    stack: [resource("key", "main", { props: { policy: policy(on(notAction)) } })],
    says: says("main", 'policy of Key "main"', "NotAction"),
  },
  {
    name: "NotPrincipal to deny",
    stack: [
      resource("key", "main", {
        props: { policy: policy({ ...notPrincipal, Effect: "Deny", Action: "kms:*", Resource: "*" }) },
      }),
    ],
    says: [],
  },
  {
    name: "no JSON, no statement, a statement that is none",
    stack: ["{", "{}", "null", '{"Statement":[null,"a"]}'].map((text, index) =>
      rolePolicy(`p${index}`, "worker", text),
    ),
    says: [],
  },
  {
    name: "a document that is not known",
    stack: [role(), rolePolicy("rights", "worker", unknownText)],
    says: [
      { on: "rights", undecided: 'the policy of RolePolicy "rights" is not known / the value of `policy`' },
    ],
  },
]);
