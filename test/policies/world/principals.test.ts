import { strict as assert } from "assert";
import { Resource } from "../../../policies/stack/resource";
import { policy, resource, unknownArray, unknownText } from "../support/stack";
import { principalsIn, worldIn } from "./outline";

const allow = policy({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" });
const other = policy({ Effect: "Allow", Action: "secretsmanager:ListSecrets", Resource: "*" });
const unknownOperator = policy({
  ...{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" },
  Condition: { StringMatches: { "aws:PrincipalOrgID": "o-1" } },
});
const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const trust = policy({
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
});
const roleArn = "arn:aws:iam::111111111111:role/app";

const role = (name: string, props: object = {}) =>
  resource("role", name, { props: { name, assumeRolePolicy: trust, ...props } });

interface PrincipalCase {
  readonly name: string;
  readonly stack: readonly Resource[];
  readonly finds: Readonly<Record<string, readonly string[]>>;
}

const app = role("app");
const managed = resource("policy", "read", {
  props: { name: "read", arn: "arn:aws:iam::111111111111:policy/read", policy: allow },
});
const pending = resource("policy", "pending", {
  props: { name: "pending", arn: unknownText, policy: allow },
});
const user = resource("user", "eve", { props: { name: "eve" } });
const group = resource("group", "staff", { props: { name: "staff" } });

const cases: readonly PrincipalCase[] = [
  {
    name: "computes the ARN of a role that is not made yet, with its path",
    stack: [role("app", { path: "/team/", arn: unknownText })],
    finds: { "arn:aws:iam::111111111111:role/team/app": ["trust policy of role app"] },
  },
  {
    name: "leaves out a principal whose account nobody knows",
    stack: [resource("role", "app", { props: { name: "app", assumeRolePolicy: trust }, account: null })],
    finds: {},
  },
  {
    name: "joins inline policies of the role and of resources of their own",
    stack: [
      role("app", { inlinePolicies: [{ name: "own", policy: other }] }),
      resource("rolePolicy", "more", { props: { name: "split", role: "app", policy: allow } }),
    ],
    finds: {
      [roleArn]: [
        "inline policy own of role app",
        "inline policy split of role app",
        "trust policy of role app",
      ],
    },
  },
  {
    name: "joins managed policies by ARN, in every way there is to attach them",
    stack: [
      role("app", { managedPolicyArns: [administrator] }),
      managed,
      resource("rolePolicyAttachment", "one", {
        props: { role: "app", policyArn: "arn:aws:iam::111111111111:policy/read" },
      }),
      resource("policyAttachment", "many", {
        props: { roles: ["app"], users: [], groups: [], policyArn: "arn:aws:iam::111111111111:policy/read" },
      }),
    ],
    finds: {
      [roleArn]: [
        "policy AdministratorAccess attached to role app",
        "policy read attached to role app",
        "policy read attached to role app",
        "trust policy of role app",
      ],
    },
  },
  {
    name: "follows what is not made yet by what it is computed from",
    stack: [
      app,
      pending,
      resource("rolePolicyAttachment", "one", {
        props: { role: unknownText, policyArn: unknownText },
        from: { role: [app], policyArn: [pending] },
      }),
    ],
    finds: { [roleArn]: ["policy pending attached to role app", "trust policy of role app"] },
  },
  {
    name: "does not guess what AWS's own policies say",
    stack: [
      app,
      resource("rolePolicyAttachment", "one", {
        props: { role: "app", policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      }),
    ],
    finds: {
      [roleArn]: [
        "policy ReadOnlyAccess attached to role app ? the text of arn:aws:iam::aws:policy/ReadOnlyAccess is not known " +
          "here: it is no resource of the stacks",
        "trust policy of role app",
      ],
    },
  },
  {
    name: "says of an unknown document what it depends on",
    stack: [
      app,
      resource("rolePolicy", "late", {
        props: { name: "late", role: "app", policy: unknownText },
        from: { policy: [managed] },
      }),
    ],
    finds: {
      [roleArn]: [
        'inline policy late of role app ? it depends on the outputs of Policy "read"',
        "trust policy of role app",
      ],
    },
  },
  ...(
    [
      ["is not JSON", allow.slice(1), "it is not JSON"],
      [
        "has a key twice",
        allow.replace('"Effect"', '"Effect":"Deny","Effect"'),
        "Statement[0].Effect: given more than once",
      ],
      [
        "has an unknown element",
        allow.replace('"Action"', '"Actions":"*","Action"'),
        "Statement[0].Actions: unknown element",
      ],
      ["has an unknown operator", unknownOperator, "Statement[0].Condition.StringMatches: unknown operator"],
    ] as const
  ).map(([what, text, reason]) => ({
    name: `does not take a document for one that grants nothing because it ${what}`,
    stack: [app, resource("rolePolicy", "bad", { props: { name: "bad", role: "app", policy: text } })],
    finds: {
      [roleArn]: [`inline policy bad of role app ? it cannot be read: ${reason}`, "trust policy of role app"],
    },
  })),
  {
    name: "takes a document that an exported state redacts for one that is not known",
    stack: [app, resource("rolePolicy", "p", { props: { name: "p", role: "app", policy: "[secret]" } })],
    finds: {
      [roleArn]: [
        "inline policy p of role app ? it depends on the value of `policy`",
        "trust policy of role app",
      ],
    },
  },
  {
    name: "suspects every principal of a policy whose holder is not known",
    stack: [app, resource("rolePolicy", "stray", { props: { role: unknownText, policy: allow } })],
    finds: {
      [roleArn]: ["policy of stray ? it is not known whom it belongs to", "trust policy of role app"],
    },
  },
  {
    name: "suspects every principal of a policy that is attached to nobody knows whom",
    stack: [
      app,
      managed,
      resource("policyAttachment", "many", {
        props: { roles: unknownArray, policyArn: "arn:aws:iam::111111111111:policy/read" },
        from: { roles: [] },
      }),
    ],
    finds: {
      [roleArn]: ["policy of many ? it is not known whom it belongs to", "trust policy of role app"],
    },
  },
  {
    name: "counts once what a role repeats of another resource after an update",
    stack: [
      role("app", { inlinePolicies: [{ name: "split", policy: allow }] }),
      resource("rolePolicy", "more", { props: { name: "split", role: "app", policy: allow } }),
    ],
    finds: { [roleArn]: ["inline policy split of role app", "trust policy of role app"] },
  },
  {
    name: "goes by what the program gives a role, not by what is attached since the last update",
    stack: [{ ...role("app", { managedPolicyArns: [administrator] }), inputs: { name: "app" } }],
    finds: { [roleArn]: ["trust policy of role app"] },
  },
  {
    name: "tells a role from a user of its name",
    stack: [
      app,
      resource("user", "app", { props: { name: "app" } }),
      resource("userPolicy", "own", { props: { name: "own", user: "app", policy: allow } }),
    ],
    finds: {
      [roleArn]: ["trust policy of role app"],
      "arn:aws:iam::111111111111:user/app": ["inline policy own of user app"],
    },
  },
  {
    name: "finds the role of a policy whose provider does not tell its account",
    stack: [
      resource("role", "app", { props: { name: "app", arn: roleArn }, account: null }),
      resource("rolePolicy", "p", { props: { name: "p", role: "app", policy: allow }, account: null }),
    ],
    finds: { [roleArn]: ["inline policy p of role app"] },
  },
  {
    name: "takes a name in another account for somebody outside",
    stack: [
      app,
      resource("rolePolicy", "p", {
        props: { name: "p", role: "app", policy: allow },
        account: "222222222222",
      }),
    ],
    finds: { [roleArn]: ["trust policy of role app"] },
  },
  {
    name: "takes a boundary from its policy",
    stack: [role("app", { permissionsBoundary: "arn:aws:iam::111111111111:policy/read" }), managed],
    finds: { [roleArn]: ["policy read boundary of role app", "trust policy of role app"] },
  },
  {
    name: "gives a user the policies of its groups",
    stack: [
      user,
      group,
      resource("userPolicy", "own", { props: { name: "own", user: "eve", policy: allow } }),
      resource("groupPolicy", "shared", { props: { name: "shared", group: "staff", policy: allow } }),
      resource("userGroupMembership", "in", { props: { user: "eve", groups: ["staff"] } }),
      resource("groupMembership", "again", { props: { group: "staff", users: ["eve"] } }),
    ],
    finds: {
      "arn:aws:iam::111111111111:user/eve": [
        "inline policy own of user eve",
        "inline policy shared of group staff",
      ],
    },
  },
  {
    name: "keeps roles of one name in two accounts apart",
    stack: [
      resource("role", "a", { props: { name: "app" } }),
      resource("role", "b", { props: { name: "app" }, account: "222222222222" }),
      resource("rolePolicy", "b", {
        props: { name: "b", role: "app", policy: allow },
        account: "222222222222",
      }),
    ],
    finds: { [roleArn]: [], "arn:aws:iam::222222222222:role/app": ["inline policy b of role app"] },
  },
  {
    name: "does not take a list that the provider computes for a list of the program",
    stack: [role("app", { managedPolicyArns: unknownArray, ...{} })].map((one) => {
      const { propertyDependencies: _, ...rest } = one;
      return { ...rest, propertyDependencies: {} };
    }),
    finds: { [roleArn]: ["trust policy of role app"] },
  },
];

describe("principals of the world", () => {
  for (const { name, stack, finds } of cases) {
    it(name, () => assert.deepEqual(principalsIn(worldIn(stack).world), finds));
  }
});
