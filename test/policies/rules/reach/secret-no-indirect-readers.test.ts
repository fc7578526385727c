import { strict as assert } from "assert";
import { anyOrganization } from "../../../../policies/organization";
import { Finding } from "../../../../policies/rule";
import { secretNoIndirectReaders } from "../../../../policies/rules/reach/secret-no-indirect-readers";
import { withDefaults } from "../../../../policies/setting";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource, types } from "../../../../policies/stack/resource";
import { Case, testRule } from "../../support/cases";
import { policy, resource, unknownText } from "../../support/stack";
import { arn, decrypt, inTwoRegions, only, orders, read, readerAccount, readerArn, roleOf } from "./stacks";

const grant = { ...read, Principal: readerAccount, Condition: only(readerArn) };
const keyGrant = { ...decrypt, Principal: readerAccount, Condition: only(readerArn) };
const ownKey = { ...decrypt, Principal: { AWS: "arn:aws:iam::111111111111:root" } };
const stranger = { AWS: "arn:aws:iam::333333333333:root" };
const putPolicy = { Effect: "Allow", Action: "secretsmanager:PutResourcePolicy", Resource: "*" } as const;
const assume = { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" } as const;

function found(who: string, reader: string, step: string, call: string) {
  return {
    on: "orders",
    violation:
      `${who} can bring it about that ${reader} reads Secret "orders": ${who} does ${step}. This call succeeds: ${call}. ` +
      "Take the permission for one of the steps away, or bind it to a resource that leads nowhere; docs/access-proof.md lists the steps that are followed.",
  };
}

const app = "role app of 222222222222";
const ops = "role ops of 111111111111";

const policyArn = "arn:aws:iam::111111111111:policy/common";
const listing = { Effect: "Allow", Action: "secretsmanager:ListSecrets", Resource: "*" } as const;

const github = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com";
const claim = (name: string) => `token.actions.githubusercontent.com:${name}`;

/** The declared reader, assumed by what the provider says. */
function byGithub(condition: object, tags?: Readonly<Record<string, string>>): readonly Resource[] {
  const trust = policy({
    Effect: "Allow",
    Principal: { Federated: github },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: condition,
  });
  return [
    ...orders([grant], [keyGrant], tags),
    ...roleOf("222222222222", "app", [read, decrypt]).map((one) =>
      one.type === types.role ? { ...one, props: { ...one.props, assumeRolePolicy: trust } } : one,
    ),
  ];
}

const audience = { [claim("aud")]: "sts.amazonaws.com" };
const pinned = { StringEquals: { ...audience, [claim("sub")]: "repo:orders/api:ref:refs/heads/main" } };
const anyRepository = { StringEquals: audience, StringLike: { [claim("sub")]: "repo:*" } };
const token = (when: string, by: string) => ({
  on: "orders",
  violation:
    `anyone whom ${github} vouches for can bring it about that ${app} reads Secret "orders": anyone whom ${github} ` +
    `vouches for (${when}) does sts:AssumeRoleWithWebIdentity on ${readerArn}. This call succeeds: ` +
    `sts:AssumeRoleWithWebIdentity by a token of ${github}, through no endpoint with ${by}. ` +
    "Take the permission for one of the steps away, or bind it to a resource that leads nowhere; docs/access-proof.md lists the steps that are followed.",
});

const pinnedToken = token(
  `${claim("aud")} is sts.amazonaws.com and ${claim("sub")} is repo:orders/api:ref:refs/heads/main`,
  `${claim("aud")}=sts.amazonaws.com, ${claim("sub")}=repo:orders/api:ref:refs/heads/main`,
);

/** A reader of one secret that is no stack's, and may become the reader of another. */
const besideAnother = [
  ...orders([grant], [keyGrant]),
  ...roleOf("222222222222", "app", [read, decrypt]),
  resource("secret", "more", {
    props: { arn: `${arn}x`, name: "more", tags: { "strongroom:readers": "222222222222:role/far" } },
  }),
];

const federated: readonly Case[] = [
  { name: "is silent about a reader whose provider names who it is", stack: byGithub(pinned), says: [] },
  {
    name: "finds it when told that such providers do not count",
    stack: byGithub(pinned),
    config: { allowNamedFederation: false },
    says: [pinnedToken],
  },
  {
    name: "finds a pattern that subjects of strangers have",
    stack: byGithub(anyRepository),
    says: [
      token(
        `${claim("aud")} is sts.amazonaws.com and ${claim("sub")} is repo:*`,
        `${claim("aud")}=sts.amazonaws.com, ${claim("sub")}=repo:`,
      ),
    ],
  },
  ...[{ tags: undefined }, { tags: {} }].map(({ tags }): Case => ({
    name: `finds a reader that any repository of the world becomes, ${tags ? "also of what declares nothing" : "declared or not"}`,
    stack: byGithub({ StringEquals: audience }, tags),
    says: [token(`${claim("aud")} is sts.amazonaws.com`, `${claim("aud")}=sts.amazonaws.com`)],
  })),
];

testRule(secretNoIndirectReaders, [
  {
    name: "is silent when only the reader's own account leads to it",
    stack: orders([grant], [keyGrant]),
    says: [],
  },
  {
    name: "is silent about a reader that its own account may assume",
    stack: [...orders([grant], [keyGrant]), ...roleOf("222222222222", "app", [read, decrypt])],
    says: [],
  },
  {
    name: "finds a reader that another account may assume",
    stack: [...orders([grant], [keyGrant]), ...roleOf("222222222222", "app", [read, decrypt], stranger)],
    says: [
      found(
        "any other principal of 333333333333",
        app,
        `sts:AssumeRole on ${readerArn}`,
        "sts:AssumeRole by the root user of 333333333333, through no endpoint",
      ),
    ],
  },
  {
    name: "finds a role that may change the secret's policy and decrypt",
    stack: [...orders([grant], [keyGrant, ownKey]), ...roleOf("111111111111", "ops", [putPolicy, decrypt])],
    says: [
      found(
        ops,
        ops,
        `secretsmanager:PutResourcePolicy on ${arn}`,
        "PutResourcePolicy by arn:aws:iam::111111111111:role/ops, through no endpoint",
      ),
    ],
  },
  {
    name: "is silent about a role that may change the secret's policy where nobody new can decrypt",
    stack: [...orders([grant], [keyGrant]), ...roleOf("111111111111", "ops", [putPolicy])],
    says: [],
  },
  {
    name: "finds a role that may assume one that reads",
    stack: [
      ...orders([grant], [keyGrant, ownKey], {
        "strongroom:readers": "222222222222:role/app 111111111111:role/rotate",
      }),
      ...roleOf("111111111111", "rotate", [read, decrypt]),
      ...roleOf("111111111111", "ops", [assume]),
    ],
    says: [
      found(
        ops,
        "role rotate of 111111111111",
        "sts:AssumeRole on arn:aws:iam::111111111111:role/rotate",
        "sts:AssumeRole by arn:aws:iam::111111111111:role/ops, through no endpoint",
      ),
    ],
  },
  {
    name: "says nothing of secrets that declare no readers",
    stack: [
      ...orders([grant], [keyGrant, ownKey], {}),
      ...roleOf("111111111111", "ops", [putPolicy, decrypt]),
    ],
    says: [],
  },
  ...federated,
  {
    name: "is silent about a principal elsewhere that does what its own account may anyway",
    stack: besideAnother,
    says: [],
  },
  {
    name: "finds it, when administrators are not let in",
    stack: besideAnother,
    config: { allowAccountAdministrators: false },
    says: [
      found(
        "role far of 222222222222",
        app,
        `sts:AssumeRole on ${readerArn}`,
        "sts:AssumeRole by arn:aws:iam::222222222222:role/far, through no endpoint",
      ),
    ],
  },
  {
    name: "finds whom an identity provider's word leads to a declared reader over another role",
    stack: [
      ...orders([grant], [keyGrant]),
      ...roleOf("222222222222", "app", [read, decrypt]),
      ...byGithub(pinned).flatMap((one) =>
        one.type === types.role
          ? [
              {
                ...one,
                name: "door",
                urn: `${one.urn}-door`,
                props: { ...one.props, name: "door", arn: "arn:aws:iam::222222222222:role/door" },
              },
            ]
          : [],
      ),
      resource("rolePolicy", "door", {
        props: { name: "own", role: "door", policy: policy(assume) },
        account: "222222222222",
      }),
    ],
    says: [
      found(
        "role door of 222222222222",
        app,
        `sts:AssumeRole on ${readerArn}`,
        "sts:AssumeRole by arn:aws:iam::222222222222:role/door, through no endpoint",
      ),
      {
        on: "orders",
        violation: pinnedToken.violation.replace(
          `on ${readerArn}.`,
          `on arn:aws:iam::222222222222:role/door, then role door of 222222222222 does sts:AssumeRole on ${readerArn}.`,
        ),
      },
    ],
  },
  {
    name: "finds whom an identity provider's word makes a reader that is not declared",
    stack: byGithub(pinned, { "strongroom:readers": "222222222222:role/other" }),
    says: [pinnedToken],
  },
  {
    name: "is silent about a declared reader that reads as another one",
    stack: inTwoRegions(
      { "strongroom:readers": "111111111111:role/rotate 111111111111:role/app" },
      { rotate: [read], app: [assume] },
    ),
    says: [],
  },
  {
    name: "says once over all Regions who comes to a reader, and of each who does",
    stack: inTwoRegions(
      { "strongroom:readers": "111111111111:role/rotate" },
      { rotate: [read], ops: [assume], audit: [assume] },
    ),
    says: ["ops", "audit"].map((name) =>
      found(
        `role ${name} of 111111111111`,
        "role rotate of 111111111111",
        "sts:AssumeRole on arn:aws:iam::111111111111:role/rotate",
        `sts:AssumeRole by arn:aws:iam::111111111111:role/${name}, through no endpoint`,
      ),
    ),
  },
  {
    name: "finds a way over another role, step by step",
    stack: inTwoRegions(
      { "strongroom:readers": "111111111111:role/rotate" },
      {
        rotate: [read],
        middle: [{ ...assume, Resource: "arn:aws:iam::111111111111:role/rotate" }],
        ops: [{ ...assume, Resource: "arn:aws:iam::111111111111:role/middle" }],
      },
    ),
    says: [
      found(
        "role middle of 111111111111",
        "role rotate of 111111111111",
        "sts:AssumeRole on arn:aws:iam::111111111111:role/rotate",
        "sts:AssumeRole by arn:aws:iam::111111111111:role/middle, through no endpoint",
      ),
      found(
        ops,
        "role rotate of 111111111111",
        "sts:AssumeRole on arn:aws:iam::111111111111:role/middle, then role middle of 111111111111 does sts:AssumeRole " +
          "on arn:aws:iam::111111111111:role/rotate",
        "sts:AssumeRole by arn:aws:iam::111111111111:role/ops, through no endpoint",
      ),
    ],
  },
  {
    name: "cannot tell while what leads to a reader is not known",
    stack: [
      ...inTwoRegions({ "strongroom:readers": "111111111111:role/rotate" }, { rotate: [read] }),
      resource("policy", "bounds", { props: { name: "bounds", arn: policyArn, policy: policy(assume) } }),
      resource("role", "ops", {
        props: { name: "ops", arn: "arn:aws:iam::111111111111:role/ops", permissionsBoundary: policyArn },
      }),
      ...["first", "second"].map((name) =>
        resource("rolePolicy", name, {
          props: { name, role: "ops", policy: unknownText },
          from: { policy: [] },
        }),
      ),
    ],
    says: [
      {
        on: "orders",
        undecided:
          `whether ${ops} can become a reader of Secret "orders" (${ops} does sts:AssumeRole on ` +
          "arn:aws:iam::111111111111:role/rotate) cannot be told / inline policy first of role ops: it depends on the " +
          "value of `policy`; inline policy second of role ops: it depends on the value of `policy`",
      },
    ],
  },
  {
    name: "finds who writes a policy that a reader-to-be has, of its group or its own",
    stack: [
      ...orders([grant], [keyGrant, ownKey]),
      resource("policy", "common", { props: { name: "common", arn: policyArn, policy: policy(listing) } }),
      ...roleOf("111111111111", "idle", [listing]),
      resource("rolePolicyAttachment", "idle", { props: { role: "idle", policyArn } }),
      ...roleOf("111111111111", "ops", [
        { Effect: "Allow", Action: "iam:CreatePolicyVersion", Resource: policyArn },
      ]),
    ],
    says: [
      found(
        ops,
        "role idle of 111111111111",
        `iam:CreatePolicyVersion on ${policyArn}`,
        "iam:CreatePolicyVersion by arn:aws:iam::111111111111:role/ops, through no endpoint",
      ),
    ],
  },
  {
    name: "finds who puts a user into a group that reads",
    stack: [
      ...orders([grant], [keyGrant, ownKey]),
      resource("user", "eve", { props: { name: "eve" } }),
      resource("group", "staff", { props: { name: "staff" } }),
      resource("groupPolicy", "staff", { props: { group: "staff", policy: policy(read, decrypt) } }),
      ...roleOf("111111111111", "ops", [{ Effect: "Allow", Action: "iam:AddUserToGroup", Resource: "*" }]),
    ],
    says: [
      found(
        ops,
        "user eve of 111111111111",
        "iam:AddUserToGroup on arn:aws:iam::111111111111:group/staff",
        "iam:AddUserToGroup by arn:aws:iam::111111111111:role/ops, through no endpoint",
      ),
    ],
  },
  {
    name: "finds who takes away a boundary that a reader has",
    stack: [
      ...orders([grant], [keyGrant, ownKey]),
      resource("policy", "bounds", { props: { name: "bounds", arn: policyArn, policy: policy(listing) } }),
      ...roleOf("111111111111", "bound", [read, decrypt]).map((one) =>
        one.type === types.role ? { ...one, props: { ...one.props, permissionsBoundary: policyArn } } : one,
      ),
      ...roleOf("111111111111", "ops", [
        { Effect: "Allow", Action: "iam:DeleteRolePermissionsBoundary", Resource: "*" },
      ]),
    ],
    says: [
      found(
        ops,
        "role bound of 111111111111",
        "iam:DeleteRolePermissionsBoundary on arn:aws:iam::111111111111:role/bound",
        "iam:DeleteRolePermissionsBoundary by arn:aws:iam::111111111111:role/ops, through no endpoint",
      ),
    ],
  },
]);

describe("a finding of REACH-02", () => {
  const { settings } = secretNoIndirectReaders;
  const check = (stack: readonly Resource[]) =>
    secretNoIndirectReaders.check(buildGraph(stack), withDefaults(settings, {}), anyOrganization);
  const isPublic = (one: Finding) => "isPublic" in one && one.isPublic;
  const arePublic = (stack: readonly Resource[]) => check(stack).map(isPublic);

  it("is about the public where strangers get a token that does", () => {
    assert.deepEqual(arePublic(byGithub(anyRepository)), [true]);
    assert.deepEqual(arePublic(byGithub(pinned, { "strongroom:readers": "222222222222:role/other" })), [
      false,
    ]);
  });

  it("is about the public where anybody may change the policy of the secret", () => {
    const anybody = { ...putPolicy, Principal: "*" };
    const stack = orders([anybody], [{ ...decrypt, Principal: "*" }]);
    assert.deepEqual(
      check(stack).map((one) => [
        /^(.*) can bring/.exec("message" in one ? one.message : "")?.[1],
        isPublic(one),
      ]),
      [
        ["any other principal of 222222222222", false],
        ["any principal of any other AWS account", true],
        ["anybody, without credentials", true],
        ["an AWS service", false],
      ],
    );
  });

  it("is not where one role becomes another", () => {
    const roles = { rotate: [read], ops: [assume] };
    const stack = inTwoRegions({ "strongroom:readers": "111111111111:role/rotate" }, roles);
    assert.deepEqual(arePublic(stack), [false]);
  });
});

describe("administrators of an account", () => {
  const { settings } = secretNoIndirectReaders;
  const toldOf = (stack: readonly Resource[], config: object) =>
    secretNoIndirectReaders
      .check(buildGraph(stack), withDefaults(settings, config), anyOrganization)
      .map((one) => /^(.*) can bring/.exec("message" in one ? one.message : "")?.[1]);
  const reader = roleOf("222222222222", "app", [read, decrypt]);
  /** A declared reader of another secret, which no stack holds. */
  const far = (account: string) =>
    resource("secret", "more", {
      props: { arn: `${arn}x`, name: "more", tags: { "strongroom:readers": `${account}:role/far` } },
    });
  const shut = orders([{ ...read, Effect: "Deny", Principal: "*" }], [keyGrant]);
  const handedOver = orders([{ ...putPolicy, Principal: readerAccount }], [keyGrant]);
  const others = (account: string) => `any other principal of ${account}`;

  /** Who is told of by default, and who when administrators are not let in. */
  const cases: readonly (readonly [string, readonly Resource[], readonly string[], readonly string[]])[] = [
    ["change the policy of its own secret", [...shut, ...reader], [], [others("111111111111")]],
    [
      "change it by a principal that is known by name alone",
      [...shut, ...reader, far("111111111111")],
      [],
      ["role far of 111111111111", others("111111111111")],
    ],
    [
      "change the policy of a secret of another account",
      [...handedOver, ...reader, far("222222222222")],
      ["role far of 222222222222", others("222222222222")],
      ["role far of 222222222222", others("111111111111"), others("222222222222")],
    ],
    [
      "become a reader of another account",
      [
        ...orders([grant], [keyGrant]),
        ...roleOf("222222222222", "app", [read, decrypt], stranger),
        far("333333333333"),
      ],
      ["role far of 333333333333", others("333333333333")],
      ["role far of 333333333333", others("333333333333")],
    ],
  ];
  for (const [name, stack, byDefault, strictly] of cases) {
    it(`who ${name} are told of by what is their own`, () => {
      assert.deepEqual(toldOf(stack, {}), byDefault);
      assert.deepEqual(toldOf(stack, { allowAccountAdministrators: false }), strictly);
    });
  }
});
