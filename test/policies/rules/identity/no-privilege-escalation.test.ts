import { escalationMethods } from "../../../../policies/facts/identities/escalation-methods";
import { noPrivilegeEscalation } from "../../../../policies/rules/identity/no-privilege-escalation";
import { Case, testRule } from "../../support/cases";
import { allow, boundaryElsewhere, deny, role, rolePolicy, when, worker } from "../../support/identity";
import { Resource } from "../../../../policies/stack/resource";
import { policy, resource, unknownText } from "../../support/stack";

const fix =
  "Name what the actions are for, and hold them with iam:PermissionsBoundary, iam:PolicyARN or iam:PassedToService.";
const says = (...ways: readonly string[]): Case["says"] => [
  { on: "worker", violation: `Role "worker" can escalate: ${ways.join("; ")}. ${fix}` },
];
const keyArn = "arn:aws:kms:eu-west-1:111111111111:key/k-1";
const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders-a1b2c3";
const middleArn = "arn:aws:iam::111111111111:role/middle";
const whatever = "lets it give itself whatever it wants";
const passed = "lets it act with any role that it passes";

/** Every way alone, with all of its actions, and with each of them left out. */
const methods = escalationMethods.flatMap(({ actions, gain }): readonly Case[] => {
  const name = actions.join(" with ");
  const whole = { name, stack: worker(allow(actions)), says: says(`${name} lets it ${gain}`) };
  const parts = actions.map((missing): Case => {
    const others = actions.filter((action) => action !== missing);
    const stack = others.length === 0 ? worker(allow("s3:ListAllMyBuckets")) : worker(allow(others));
    return { name: `${name}, but for ${missing}`, stack, says: [] };
  });
  return [whole, ...parts];
});

const readerArn = "arn:aws:iam::111111111111:role/reader";
const functionArn = "arn:aws:lambda:eu-west-1:111111111111:function:rotate";
const delegation = { ...allow("kms:*"), Principal: { AWS: "arn:aws:iam::111111111111:root" } };
const reading = allow(["secretsmanager:GetSecretValue", "kms:Decrypt"]);

/** A secret that declares no readers, and a role that reads it. */
function secretWithReader(tags: object = {}): readonly Resource[] {
  return [
    resource("key", "main", { props: { arn: keyArn, keyId: "k-1", policy: policy(delegation) } }),
    resource("secret", "orders", { props: { arn: secretArn, name: "orders", kmsKeyId: keyArn, tags } }),
    role("reader", { arn: readerArn }),
    rolePolicy("reading", "reader", policy(reading)),
    resource("function", "rotate", { props: { name: "rotate", arn: functionArn, role: readerArn } }),
  ];
}

const leads = (by: string, on: string, secrets = 'Secret "orders"'): Case["says"] => [
  {
    on: "worker",
    violation:
      `Role "worker" can escalate to role reader of 111111111111, which reads ${secrets}: role worker of 111111111111 ` +
      `does ${by} on ${on}. ${fix}`,
  },
];

const toSecrets: readonly Case[] = [
  {
    name: "the code of one function, whose role reads a secret",
    stack: [...secretWithReader(), ...worker(allow("lambda:UpdateFunctionCode", functionArn))],
    says: leads(`lambda:UpdateFunctionCode on ${functionArn}`, readerArn),
  },
  {
    name: "the trust policy of one role, which reads two secrets",
    stack: [
      ...secretWithReader(),
      resource("secret", "more", { props: { arn: `${secretArn}x`, name: "more", kmsKeyId: keyArn } }),
      ...worker(allow("iam:UpdateAssumeRolePolicy", readerArn)),
    ],
    says: leads("iam:UpdateAssumeRolePolicy", readerArn, 'Secret "orders" and 1 other secret'),
  },
  {
    name: "over another role, step by step",
    stack: [
      ...secretWithReader(),
      role("middle", { arn: middleArn }),
      rolePolicy("middle", "middle", policy(allow("iam:UpdateAssumeRolePolicy", readerArn))),
      ...worker(allow("iam:UpdateAssumeRolePolicy", middleArn)),
    ],
    says: [
      {
        on: "middle",
        violation:
          'Role "middle" can escalate to role reader of 111111111111, which reads Secret "orders": role middle of ' +
          `111111111111 does iam:UpdateAssumeRolePolicy on ${readerArn}. ${fix}`,
      },
      {
        on: "worker",
        violation:
          'Role "worker" can escalate to role reader of 111111111111, which reads Secret "orders": role worker of ' +
          `111111111111 does iam:UpdateAssumeRolePolicy on ${middleArn}, then role middle of 111111111111 does ` +
          `iam:UpdateAssumeRolePolicy on ${readerArn}. ${fix}`,
      },
    ],
  },
  {
    name: "the trust policy of one role, which reads three secrets",
    stack: [
      ...secretWithReader(),
      ...["more", "most"].map((name) =>
        resource("secret", name, { props: { arn: `${secretArn}${name}`, name, kmsKeyId: keyArn } }),
      ),
      ...worker(allow("iam:UpdateAssumeRolePolicy", readerArn)),
    ],
    says: leads("iam:UpdateAssumeRolePolicy", readerArn, 'Secret "orders" and 2 other secrets'),
  },
  {
    name: "a way to everything, which is told alone",
    stack: [...secretWithReader(), ...worker(allow("iam:PutRolePolicy"))],
    says: says(`iam:PutRolePolicy ${whatever}`),
  },
  {
    name: "one whose policies are not known and whose boundary leaves a way",
    stack: [
      ...secretWithReader(),
      resource("policy", "bounds", {
        props: {
          name: "bounds",
          arn: boundaryElsewhere,
          policy: policy(allow("lambda:UpdateFunctionCode", functionArn)),
        },
      }),
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      ...["first", "second"].map((name) => rolePolicy(name, "worker", unknownText)),
    ],
    says: [
      ...["first", "second"].map((name) => ({
        on: name,
        undecided: `the policy of RolePolicy "${name}" is not known / the value of \`policy\``,
      })),
      {
        on: "worker",
        undecided:
          'whether Role "worker" can escalate to a reader of Secret "orders" (role worker of 111111111111 does ' +
          `lambda:UpdateFunctionCode on ${functionArn} on ${readerArn}) cannot be told / ` +
          "inline policy first of role worker: it depends on the value of `policy`; inline policy second of role worker: " +
          "it depends on the value of `policy`",
      },
    ],
  },
  {
    name: "a function whose role reads nothing",
    stack: [...secretWithReader(), ...worker(allow("lambda:UpdateFunctionCode", `${functionArn}-other`))],
    says: [],
  },
  {
    name: "a way that a boundary closes",
    stack: [
      ...secretWithReader(),
      resource("policy", "bounds", {
        props: { name: "bounds", arn: boundaryElsewhere, policy: policy(allow("s3:*")) },
      }),
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      rolePolicy("rights", "worker", policy(allow("lambda:UpdateFunctionCode", functionArn))),
    ],
    says: [],
  },
  {
    name: "a way to a secret that declares its readers, which is REACH-02's",
    stack: [
      ...secretWithReader({ "strongroom:readers": "111111111111:role/reader" }),
      ...worker(allow("lambda:UpdateFunctionCode", functionArn)),
    ],
    says: [],
  },
];

testRule(noPrivilegeEscalation, [
  ...methods,
  {
    name: "two ways at once",
    stack: worker(allow(["iam:PutRolePolicy", "iam:PutUserPolicy"])),
    says: says(`iam:PutUserPolicy ${whatever}`, `iam:PutRolePolicy ${whatever}`),
  },
  {
    name: "a way over two policies of one role",
    stack: [
      ...worker(allow("iam:PassRole")),
      rolePolicy("more", "worker", policy(allow("ec2:RunInstances"))),
    ],
    says: says(`iam:PassRole with ec2:RunInstances ${passed}`),
  },
  {
    name: "a way over the policies of two roles",
    stack: [
      ...worker(allow("iam:PassRole")),
      role("other"),
      rolePolicy("more", "other", policy(allow("ec2:RunInstances"))),
    ],
    says: [],
  },
  {
    name: "a way that another policy of the role denies",
    stack: [...worker(allow("iam:PutRolePolicy")), rolePolicy("limits", "worker", policy(deny("iam:Put*")))],
    says: [],
  },
  {
    name: "a user, by a policy and a group",
    stack: [
      resource("user", "ann", { props: { name: "ann" } }),
      resource("group", "ops", { props: { name: "ops" } }),
      resource("userGroupMembership", "ann", { props: { user: "ann", groups: ["ops"] } }),
      resource("userPolicy", "ann", { props: { user: "ann", policy: policy(allow("iam:PassRole")) } }),
      resource("groupPolicy", "ops", { props: { group: "ops", policy: policy(allow("ec2:RunInstances")) } }),
    ],
    says: [
      {
        on: "ann",
        violation: `User "ann" can escalate: iam:PassRole with ec2:RunInstances ${passed}. ${fix}`,
      },
    ],
  },
  {
    name: "the members of a group by the group's own list",
    stack: [
      resource("user", "ann", { props: { name: "ann" } }),
      resource("group", "ops", { props: { name: "ops" } }),
      resource("groupMembership", "ops", { props: { group: "ops", users: ["ann"] } }),
      resource("userPolicy", "ann", { props: { user: "ann", policy: policy(allow("iam:PassRole")) } }),
      resource("groupPolicy", "ops", { props: { group: "ops", policy: policy(allow("ec2:RunInstances")) } }),
    ],
    says: [
      {
        on: "ann",
        violation: `User "ann" can escalate: iam:PassRole with ec2:RunInstances ${passed}. ${fix}`,
      },
    ],
  },
  {
    name: "a managed policy that nothing attaches",
    stack: [resource("policy", "ops", { props: { policy: policy(allow("iam:PutRolePolicy")) } })],
    says: [{ on: "ops", violation: `Policy "ops" can escalate: iam:PutRolePolicy ${whatever}. ${fix}` }],
  },
  {
    name: "named things only",
    stack: worker(
      allow("iam:PutRolePolicy", "arn:aws:iam::111111111111:role/app-*"),
      allow("lambda:UpdateFunctionCode", "arn:aws:lambda:*:111111111111:function:app"),
    ),
    says: [],
  },
  {
    name: "with a permissions boundary only",
    stack: worker(
      allow("iam:PutRolePolicy", "*", when("StringEquals", "iam:PermissionsBoundary", boundaryElsewhere)),
    ),
    says: [],
  },
  {
    name: "with a permissions boundary, if there is one",
    stack: worker(
      allow(
        "iam:PutRolePolicy",
        "*",
        when("StringEqualsIfExists", "iam:PermissionsBoundary", boundaryElsewhere),
      ),
    ),
    says: says(`iam:PutRolePolicy ${whatever}`),
  },
  {
    name: "attaching one policy only",
    stack: worker(allow("iam:AttachRolePolicy", "*", when("ArnEquals", "iam:PolicyARN", boundaryElsewhere))),
    says: [],
  },
  {
    name: "attaching every policy but one",
    stack: worker(
      allow("iam:AttachRolePolicy", "*", when("ArnNotEquals", "iam:PolicyARN", boundaryElsewhere)),
    ),
    says: says(`iam:AttachRolePolicy ${whatever}`),
  },
  { name: "an administrator, who is IAM-01's", stack: worker(allow("*")), says: [] },
  {
    name: "an administrator by another policy",
    stack: [...worker(allow("iam:PutRolePolicy")), rolePolicy("more", "worker", policy(allow("*")))],
    says: [],
  },
  {
    name: "a boundary of another stack",
    stack: [
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      rolePolicy("rights", "worker", policy(allow("iam:PutRolePolicy"))),
    ],
    says: [
      {
        on: "worker",
        undecided:
          'the permissions boundary of Role "worker" may narrow the policy of RolePolicy "rights" and is not in this ' +
          "stack / the stack that holds the boundary",
      },
    ],
  },
  {
    name: "a boundary of another stack, over what is no way",
    stack: [
      role("worker", { permissionsBoundary: boundaryElsewhere }),
      rolePolicy("rights", "worker", policy(allow("iam:PassRole"))),
    ],
    says: [],
  },
  {
    name: "a document that is not known does not silence the others",
    stack: [...worker(allow("iam:PutRolePolicy")), rolePolicy("later", "worker", unknownText)],
    says: [
      { on: "later", undecided: 'the policy of RolePolicy "later" is not known / the value of `policy`' },
      ...says(`iam:PutRolePolicy ${whatever}`),
    ],
  },
  ...toSecrets,
]);
