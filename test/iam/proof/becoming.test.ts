import { strict as assert } from "assert";
import { AccessWorld, NamedPrincipal, PathStep } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { Becoming } from "../../../iam/proof/becoming";
import { Prover } from "../../../iam/proof/prover";
import { allow, attached, deny } from "../worlds";
import { arnOfRole, BILLING, ORDERS, role, SECRETS, user, whoText, world } from "./access-worlds";

type Assumed = Pick<NamedPrincipal, "assumed">;

const ASSUMED: Assumed = { assumed: true };
const trust = (...statements: readonly Partial<Statement>[]) =>
  attached(
    "trust policy",
    ...statements.map((one) => ({ Effect: "Allow" as const, Action: "sts:AssumeRole", ...one })),
  );
const nobody = trust({ Principal: { Service: "config.amazonaws.com" } });
const may = (Action: string | readonly string[], Resource: string, given: Partial<Statement> = {}) => [
  attached("inline policy", allow({ Action, Resource, ...given })),
];
const actor = (
  actions: string | readonly string[],
  on: string,
  given: Partial<NamedPrincipal> = {},
  statement: Partial<Statement> = {},
) => role("x", { accountId: SECRETS, trust: nobody, identity: may(actions, on, statement), ...given });

const worker = role("worker", { accountId: SECRETS, trust: nobody });
const alice = user("alice", { accountId: SECRETS });
const FUNCTION = `arn:aws:lambda:eu-west-1:${SECRETS}:function:rotate`;
const OTHER = `${FUNCTION}-2`;

function steps(
  target: NamedPrincipal,
  others: readonly NamedPrincipal[],
  given: Partial<AccessWorld> = {},
  withOwnAffairs = true,
): readonly PathStep[] {
  const prover = new Prover(world({ principals: [target, ...others], ...given }));
  return new Becoming(prover, withOwnAffairs).of(target);
}

function textOf({ who, by, on, under, cannotTell }: PathStep): string {
  const when = under.map((all) => all.map(({ text }) => text).join(" and ")).filter((text) => text !== "");
  const open = cannotTell.length > 0 ? "?" : "";
  return [`${whoText(who)}: ${by}${open}`, ...(when.length > 0 ? [when.join(" or ")] : []), on].join(", ");
}

interface Case {
  readonly name: string;
  readonly target: NamedPrincipal;
  readonly others?: readonly NamedPrincipal[];
  readonly given?: Partial<AccessWorld>;
  readonly found: readonly string[];
}

const X = `${SECRETS}:role/x`;
const byX = (by: string, target: NamedPrincipal) => [`${X}: ${by}, ${target.arn}`];
const functions = [{ arn: FUNCTION, accountId: SECRETS, roleArn: worker.arn }];
const tagged = (value: string) => ({ Condition: { StringEquals: { "iam:ResourceTag/Team": value } } });
const within = (region: string) => ({ Condition: { StringEquals: { "aws:RequestedRegion": region } } });

const ASSUMING: readonly Case[] = [
  { name: "nobody", target: worker, found: [] },
  {
    name: "who may and is not trusted",
    target: worker,
    others: [actor("sts:AssumeRole", worker.arn)],
    found: [],
  },
  {
    name: "who may and is trusted by the account",
    target: { ...worker, trust: trust({ Principal: { AWS: SECRETS } }) },
    others: [actor("sts:AssumeRole", worker.arn)],
    found: byX("sts:AssumeRole", worker),
  },
  {
    name: "not who may assume another",
    target: { ...worker, trust: trust({ Principal: { AWS: SECRETS } }) },
    others: [actor("sts:AssumeRole", `${worker.arn}-2`)],
    found: [],
  },
  {
    name: "not who may do anything but that",
    target: { ...worker, trust: trust({ Principal: { AWS: SECRETS } }) },
    others: [actor("sts:TagSession", worker.arn)],
    found: [],
  },
  {
    name: "who is named, without a permission of its own",
    target: { ...worker, trust: trust({ Principal: { AWS: arnOfRole("x", SECRETS) } }) },
    others: [actor("s3:ListBucket", "*")],
    found: byX("sts:AssumeRole", worker),
  },
  {
    name: "of a trusted account, those who remain too",
    target: { ...worker, trust: trust({ Principal: { AWS: BILLING } }) },
    found: [`others of ${BILLING}: sts:AssumeRole, ${worker.arn}`],
  },
  {
    name: "who gives what the trust policy asks for",
    target: {
      ...worker,
      trust: trust({
        Principal: { AWS: BILLING },
        Condition: { StringEquals: { "sts:ExternalId": "secret", "sts:RoleSessionName": "nightly" } },
      }),
    },
    found: [
      `others of ${BILLING}: sts:AssumeRole, sts:ExternalId is secret and sts:RoleSessionName is nightly, ${worker.arn}`,
    ],
  },
  {
    name: "nobody without a session name",
    target: {
      ...worker,
      trust: trust({ Principal: { AWS: BILLING }, Condition: { Null: { "sts:RoleSessionName": "true" } } }),
    },
    found: [],
  },
  {
    name: "who may assume roles of a tag",
    target: { ...worker, tags: { Team: "orders" }, trust: trust({ Principal: { AWS: SECRETS } }) },
    others: [actor("sts:AssumeRole", "*", {}, tagged("orders"))],
    found: byX("sts:AssumeRole", worker),
  },
  {
    name: "not who may assume roles of another tag",
    target: { ...worker, tags: { Team: "orders" }, trust: trust({ Principal: { AWS: SECRETS } }) },
    others: [actor("sts:AssumeRole", "*", {}, tagged("billing"))],
    found: [],
  },
];

const CHANGING: readonly Case[] = [
  {
    name: "who changes the trust policy",
    target: worker,
    others: [actor("iam:UpdateAssumeRolePolicy", worker.arn)],
    found: byX("iam:UpdateAssumeRolePolicy", worker),
  },
  {
    name: "who changes those of a tag",
    target: { ...worker, tags: { Team: "orders" } },
    others: [actor("iam:UpdateAssumeRolePolicy", "*", {}, tagged("orders"))],
    found: byX("iam:UpdateAssumeRolePolicy", worker),
  },
  {
    name: "not who changes those of another tag",
    target: { ...worker, tags: { Team: "orders" } },
    others: [actor("iam:UpdateAssumeRolePolicy", "*", {}, tagged("billing"))],
    found: [],
  },
  {
    name: "not who changes a user so",
    target: alice,
    others: [actor("iam:UpdateAssumeRolePolicy", "*")],
    found: [],
  },
  ...["CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile"].flatMap((action): readonly Case[] => [
    {
      name: `who does ${action} for the user`,
      target: alice,
      others: [actor(`iam:${action}`, alice.arn)],
      found: byX(`iam:${action}`, alice),
    },
    {
      name: `not who does ${action} for another user`,
      target: alice,
      others: [actor(`iam:${action}`, `${alice.arn}-2`)],
      found: [],
    },
  ]),
  { name: "not who makes keys, for a role", target: worker, others: [actor("iam:Create*", "*")], found: [] },
];

const byCode = `lambda:UpdateFunctionCode on ${FUNCTION}`;
const byLayer = `lambda:UpdateFunctionConfiguration on ${FUNCTION}`;
const layering = (Condition: Statement["Condition"]) =>
  actor("lambda:UpdateFunctionConfiguration", FUNCTION, {}, { Condition: Condition! });
const LAMBDA: readonly Case[] = [
  {
    name: "who writes its code",
    target: worker,
    others: [actor("lambda:UpdateFunctionCode", FUNCTION)],
    given: { functions },
    found: byX(byCode, worker),
  },
  {
    name: "not who writes the code of a function of another role",
    target: worker,
    others: [actor("lambda:UpdateFunctionCode", FUNCTION)],
    given: { functions: [{ ...functions[0]!, roleArn: `${worker.arn}-2` }] },
    found: [],
  },
  {
    name: "not who writes the code of another function",
    target: worker,
    others: [actor("lambda:UpdateFunctionCode", OTHER)],
    given: { functions },
    found: [],
  },
  {
    name: "who writes the code of the second of two",
    target: worker,
    others: [actor("lambda:UpdateFunctionCode", OTHER)],
    given: { functions: [functions[0]!, { ...functions[0]!, arn: OTHER }] },
    found: byX(`lambda:UpdateFunctionCode on ${OTHER}`, worker),
  },
  {
    name: "who writes the code of the first of two",
    target: worker,
    others: [actor("lambda:UpdateFunctionCode", FUNCTION)],
    given: { functions: [functions[0]!, { ...functions[0]!, arn: OTHER }] },
    found: byX(byCode, worker),
  },
  {
    name: "who does so in its Region",
    target: worker,
    others: [actor("lambda:UpdateFunctionCode", "*", {}, within("eu-west-1"))],
    given: { functions },
    found: byX(byCode, worker),
  },
  {
    name: "not who does so in another Region",
    target: worker,
    others: [actor("lambda:UpdateFunctionCode", "*", {}, within("us-east-1"))],
    given: { functions },
    found: [],
  },
  {
    name: "who is kept to the function by its key",
    target: worker,
    others: [
      actor(
        "lambda:UpdateFunctionCode",
        "*",
        {},
        { Condition: { ArnEquals: { "lambda:FunctionArn": FUNCTION } } },
      ),
    ],
    given: { functions },
    found: byX(byCode, worker),
  },
  {
    name: "not who is kept to another",
    target: worker,
    others: [
      actor(
        "lambda:UpdateFunctionCode",
        "*",
        {},
        { Condition: { ArnEquals: { "lambda:FunctionArn": OTHER } } },
      ),
    ],
    given: { functions },
    found: [],
  },
  {
    name: "who gives it a layer",
    target: worker,
    others: [layering({ Null: { "lambda:Layer": "false" } })],
    given: { functions },
    found: byX(byLayer, worker),
  },
  {
    name: "not who gives it what is no layer",
    target: worker,
    others: [layering({ "ForAnyValue:StringNotLike": { "lambda:Layer": "arn:aws:lambda:*:layer:*" } })],
    given: { functions },
    found: [],
  },
  {
    name: "not who gives it no layer",
    target: worker,
    others: [layering({ Null: { "lambda:Layer": "true" } })],
    given: { functions },
    found: [],
  },
  {
    name: "whom the function's policy lets in",
    target: worker,
    others: [role("x", { trust: nobody, identity: may("lambda:UpdateFunctionCode", FUNCTION) })],
    given: {
      functions: [
        {
          ...functions[0]!,
          policy: attached("function policy", allow({ Principal: { AWS: arnOfRole("x") } })),
        },
      ],
    },
    found: [`${ORDERS}:role/x: ${byCode}, ${worker.arn}`],
  },
  {
    name: "not who is of another account, without that policy",
    target: worker,
    others: [role("x", { trust: nobody, identity: may("lambda:UpdateFunctionCode", FUNCTION) })],
    given: { functions },
    found: [],
  },
  {
    name: "not for a user",
    target: alice,
    others: [actor("lambda:UpdateFunctionCode", FUNCTION)],
    given: { functions: [{ ...functions[0]!, roleArn: alice.arn }] },
    found: [],
  },
];

for (const [title, cases] of [
  ["those who assume a role", ASSUMING],
  ["those who change how a principal is got at", CHANGING],
  ["those who change a function of a role", LAMBDA],
] as const) {
  describe(title, () => {
    for (const { name, target, others = [], given, found } of cases) {
      it(name, () => assert.deepEqual(steps(target, others, given).map(textOf), found));
    }
  });
}

describe("a role whose trust policy lets everyone in, or is not known", () => {
  const rest = [
    `others of ${ORDERS}`,
    `others of ${BILLING}`,
    "others of the organisation",
    "any-aws-principal",
  ];
  /** Who and how surely, without those who sign no request. */
  const found = (given: Partial<NamedPrincipal>) =>
    steps({ ...worker, ...given }, [actor("s3:ListBucket", "*")])
      .filter(({ who }) => who.kind !== "anonymous")
      .map(({ who, cannotTell }) => `${whoText(who)}${cannotTell.length > 0 ? "?" : ""}`);

  it("is assumed by all but services and those who remain of its account", () => {
    assert.deepEqual(found({ trust: trust({ Principal: "*" }) }), [`${SECRETS}:role/worker`, X, ...rest]);
  });

  it("is assumed by the same, perhaps", () => {
    const unknown = { source: "trust policy", unknown: "not made yet" };
    assert.deepEqual(
      found({ trust: unknown }),
      [`${SECRETS}:role/worker`, X, ...rest].map((who) => `${who}?`),
    );
  });
});

describe("somebody with several ways to become another", () => {
  it("goes by the first", () => {
    const able = actor(["iam:UpdateAssumeRolePolicy", "lambda:*"], "*");
    assert.deepEqual(
      steps(worker, [able], { functions }).map(textOf),
      byX("iam:UpdateAssumeRolePolicy", worker),
    );
  });

  it("goes by one that is certain", () => {
    const unknown = { ...worker, trust: { source: "trust policy", unknown: "not made yet" } };
    const able = actor(["sts:AssumeRole", "iam:UpdateAssumeRolePolicy"], "*");
    assert.deepEqual(
      steps(unknown, [able])
        .map(textOf)
        .filter((text) => text.startsWith(X)),
      byX("iam:UpdateAssumeRolePolicy", worker),
    );
  });
});

describe("assumed principals", () => {
  const administrator = (accountId: string): NamedPrincipal =>
    role("admin", { accountId, trust: nobody, identity: may("*", "*"), ...ASSUMED });
  const changing = `iam:UpdateAssumeRolePolicy, ${worker.arn}`;
  const trusting = { ...worker, trust: trust({ Principal: { AWS: [SECRETS, ORDERS] } }) };

  it("count in their own account when asked for", () => {
    assert.deepEqual(steps(worker, [administrator(SECRETS)]).map(textOf), [
      `${SECRETS}:role/admin: ${changing}`,
    ]);
    assert.deepEqual(steps(worker, [administrator(SECRETS)], {}, false), []);
  });

  it("count on others' roles, and others count, in either case", () => {
    const able = actor("sts:AssumeRole", worker.arn);
    const found = steps(trusting, [administrator(SECRETS), administrator(ORDERS), able], {}, false);
    assert.deepEqual(found.map(({ who }) => whoText(who)).sort(), [
      X,
      `${ORDERS}:role/admin`,
      `others of ${ORDERS}`,
    ]);
  });

  const leading = (principals: readonly NamedPrincipal[], withOwnAffairs = false) => {
    const becoming = new Becoming(new Prover(world({ principals })), withOwnAffairs);
    return [SECRETS, ORDERS].map((accountId) => becoming.leadingOn(accountId).map(({ arn }) => arn));
  };

  it("lead on when somebody else can become them", () => {
    const open = { ...administrator(SECRETS), trust: trust({ Principal: { AWS: BILLING } }) };
    assert.deepEqual(leading([open]), [[open.arn], []]);
    assert.deepEqual(leading([administrator(SECRETS)]), [[], []]);
    const { assumed: _, ...known } = open;
    assert.deepEqual(leading([known]), [[], []]);
  });
});

describe("principals that can be given other permissions", () => {
  function widenable(principals: readonly NamedPrincipal[], given: Partial<AccessWorld> = {}) {
    const becoming = new Becoming(new Prover(world({ principals, ...given })), true);
    return becoming
      .widenable(SECRETS)
      .map(({ principal, widenings }) => [principal.arn, widenings.map((one) => one.steps.map(textOf))]);
  }

  it("are those of the account of which somebody may", () => {
    const able = actor("iam:PutRolePolicy", worker.arn);
    assert.deepEqual(widenable([worker, able, role("elsewhere")]), [
      [worker.arn, [byX("iam:PutRolePolicy", worker)]],
    ]);
    assert.deepEqual(widenable([worker, actor("iam:PutRolePolicy", `${worker.arn}-2`)]), []);
  });

  it("are none whose policies are taken to allow everything", () => {
    const able = actor("iam:PutRolePolicy", worker.arn);
    assert.deepEqual(widenable([{ ...worker, ...ASSUMED }, able]), []);
  });

  it("perhaps, when what is attached decides", () => {
    const able = actor("iam:SetDefaultPolicyVersion", "*");
    const managedPolicies = [`arn:aws:iam::${SECRETS}:policy/common`];
    assert.deepEqual(widenable([{ ...worker, managedPolicies }, able]), [
      [worker.arn, [[`${X}: iam:SetDefaultPolicyVersion?, ${managedPolicies[0]!}`]]],
    ]);
  });

  it("by only those of the changes that somebody can make", () => {
    const boundary = attached("boundary", deny());
    const able = actor("iam:DeleteRolePermissionsBoundary", worker.arn);
    assert.deepEqual(widenable([{ ...worker, boundary }, able]), [
      [worker.arn, [byX("iam:DeleteRolePermissionsBoundary", worker)]],
    ]);
  });
});
