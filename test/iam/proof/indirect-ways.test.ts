import { strict as assert } from "assert";
import { AccessWorld, NamedPrincipal, proveAccess } from "../../../iam/proof";
import { Statement } from "../../../iam";
import { PASSED_ROLES } from "../../../iam/proof/passed-roles";
import { allow, attached, deny } from "../worlds";
import { mayRead, role, SECRETS, user, whoText, world } from "./access-worlds";

const FUNCTION = `arn:aws:lambda:eu-west-1:${SECRETS}:function:rotate`;
const POLICY = `arn:aws:iam::${SECRETS}:policy/common`;
const BOUNDARY = `arn:aws:iam::${SECRETS}:policy/bounds`;
const GROUP = `arn:aws:iam::${SECRETS}:group/staff`;
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const trust = (Principal: Statement["Principal"], given: Partial<Statement> = {}) =>
  attached("trust policy", { Effect: "Allow", Principal, Action: "sts:AssumeRole", ...given });
const own = { accountId: SECRETS, trust: trust({ Service: "lambda.amazonaws.com" }) };
const reader = role("reader", { ...own, identity: [mayRead] });
const userReader = user("reader", { accountId: SECRETS, identity: [mayRead] });
/** Neither reads nor does anything else. */
const idle = role("idle", own);
const idleUser = user("idle", { accountId: SECRETS });
const nothing = attached("boundary", allow({ Action: "s3:*" }));

interface Case {
  readonly name: string;
  /** What the actor may do, and on what. */
  readonly actions: readonly string[];
  readonly on: string;
  readonly others: readonly NamedPrincipal[];
  readonly given?: Partial<AccessWorld>;
  /** Of the path's only step. */
  readonly by: string;
  readonly leadsTo: string;
  /** Where the permissions are of no use; beside what they are about unless given. */
  readonly elsewhere?: string;
  /** What a condition key may be, and what does not help. */
  readonly condition?: { readonly key: string; readonly helps: string; readonly fails: string };
}

const withFunction = { functions: [{ arn: FUNCTION, accountId: SECRETS, roleArn: reader.arn }] };
const withGroup = { groups: [{ arn: GROUP, accountId: SECRETS, identity: [mayRead] }] };
const bounded = { boundary: nothing, boundaryArn: BOUNDARY };
const onIdle = { on: idle.arn, others: [idle], leadsTo: idle.arn };
const onIdleUser = { on: idleUser.arn, others: [idleUser], leadsTo: idleUser.arn };
const byPolicyArn = { key: "iam:PolicyARN", helps: ADMINISTRATOR, fails: "" };
const one = (action: string, rest: Omit<Case, "name" | "actions" | "by">): Case => ({
  name: action,
  actions: [action],
  by: action,
  ...rest,
});

/** A role or a user that is made with any permissions. */
function creating(noun: "Role" | "User", more: readonly string[]): Case {
  const actions = [`Create${noun}`, ...more].map((action) => `iam:${action}`);
  const made = `arn:aws:iam::${SECRETS}:${noun.toLowerCase()}/made-by-hand`;
  return {
    name: actions.join(" and "),
    actions,
    by: actions.join(" and "),
    on: made,
    others: [],
    leadsTo: made,
    elsewhere: `arn:aws:iam::${SECRETS}:group/other`,
  };
}

const cases: readonly Case[] = [
  one("iam:PutRolePolicy", onIdle),
  one("iam:AttachRolePolicy", { ...onIdle, condition: byPolicyArn }),
  one("iam:PutUserPolicy", onIdleUser),
  one("iam:AttachUserPolicy", { ...onIdleUser, condition: byPolicyArn }),
  one("iam:CreatePolicyVersion", { ...onIdle, on: POLICY, others: [{ ...idle, managedPolicies: [POLICY] }] }),
  one("iam:PutGroupPolicy", { ...onIdleUser, on: GROUP, others: [{ ...idleUser, groups: [GROUP] }] }),
  one("iam:AttachGroupPolicy", {
    ...onIdleUser,
    on: GROUP,
    others: [{ ...idleUser, groups: [GROUP] }],
    condition: byPolicyArn,
  }),
  one("iam:AddUserToGroup", { ...onIdleUser, on: GROUP, given: withGroup }),
  one("iam:DeleteRolePermissionsBoundary", {
    on: reader.arn,
    others: [{ ...reader, ...bounded }],
    leadsTo: reader.arn,
    condition: { key: "iam:PermissionsBoundary", helps: BOUNDARY, fails: POLICY },
  }),
  one("iam:PutRolePermissionsBoundary", {
    on: reader.arn,
    others: [{ ...reader, ...bounded }],
    leadsTo: reader.arn,
    condition: { key: "iam:PermissionsBoundary", helps: ADMINISTRATOR, fails: BOUNDARY },
  }),
  one("iam:DeleteUserPermissionsBoundary", {
    on: userReader.arn,
    others: [{ ...userReader, ...bounded }],
    leadsTo: userReader.arn,
  }),
  {
    name: "a new version of the boundary",
    actions: ["iam:CreatePolicyVersion"],
    by: "iam:CreatePolicyVersion",
    on: BOUNDARY,
    others: [{ ...reader, ...bounded }],
    leadsTo: reader.arn,
  },
  {
    name: "the boundary and the policies of a role",
    actions: ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePolicy"],
    by: "iam:DeleteRolePermissionsBoundary and iam:PutRolePolicy",
    on: idle.arn,
    others: [{ ...idle, ...bounded }],
    leadsTo: idle.arn,
  },
  ...["iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"].map((action) =>
    one(action, { on: userReader.arn, others: [userReader], leadsTo: userReader.arn }),
  ),
  ...["PutRolePolicy", "AttachRolePolicy"].map((action) => creating("Role", [action])),
  ...["PutUserPolicy", "AttachUserPolicy"].map((action) => creating("User", [action, "CreateAccessKey"])),
  one("iam:UpdateAssumeRolePolicy", { on: reader.arn, others: [reader], leadsTo: reader.arn }),
  ...["lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"].map((action): Case => ({
    name: action,
    actions: [action],
    by: `${action} on ${FUNCTION}`,
    on: FUNCTION,
    others: [reader],
    given: withFunction,
    leadsTo: reader.arn,
  })),
  ...PASSED_ROLES.map(({ service, needs }): Case => {
    const actions = ["iam:PassRole", ...new Set(needs.map(([action]) => action))];
    return {
      name: actions.join(" and "),
      actions,
      by: actions.join(" and "),
      on: "*",
      others: [{ ...reader, trust: trust({ Service: service }) }],
      leadsTo: reader.arn,
      condition: { key: "iam:PassedToService", helps: service, fails: "strongroom-unrelated.amazonaws.com" },
    };
  }),
];

const actor = (identity: readonly Statement[], given: Partial<NamedPrincipal> = {}) =>
  role("x", {
    accountId: SECRETS,
    trust: trust({ Service: "ecs.amazonaws.com" }),
    identity: [attached("inline policy", ...identity)],
    ...given,
  });

/** `who by -> reader`, without those whose own account decides. */
function paths(given: AccessWorld): readonly string[] {
  return proveAccess(given)
    .secret("orders/database")
    .indirect.map(({ who, path, reader: end }) => {
      const open = path.some(({ cannotTell }) => cannotTell.length > 0) ? "?" : "";
      return `${whoText(who)} ${path.map(({ by }) => by).join(", ")}${open} -> ${whoText(end)}`;
    });
}

const scps = (...statements: readonly Statement[]) => [
  [attached("service control policy", allow(), ...statements)],
];

describe("a way to make a reader", () => {
  for (const { name, actions, on, others, given, by, leadsTo, condition, elsewhere } of cases) {
    describe(name, () => {
      const may = allow({ Action: actions, Resource: on });
      const last = actions.at(-1)!;
      const reached = [`${SECRETS}:role/x ${by} -> ${leadsTo.slice(leadsTo.indexOf("::") + 2)}`];
      const found = (one: NamedPrincipal, more: Partial<AccessWorld> = {}) =>
        paths(world({ principals: [...others, one], ...given, ...more }));

      it("is found", () => assert.deepEqual(found(actor([may])), reached));

      it("needs each of its actions, on what it is about", () => {
        for (const missing of actions) {
          const rest = actions.filter((action) => action !== missing);
          assert.deepEqual(found(actor([allow({ Action: ["s3:ListBucket", ...rest], Resource: on })])), []);
        }
        assert.deepEqual(
          found(actor([allow({ Action: actions, Resource: elsewhere ?? `${leadsTo}-other` })])),
          [],
        );
      });

      it("is closed by a denial, a boundary, an organisation's policy", () => {
        assert.deepEqual(found(actor([may, deny({ Action: last })])), []);
        assert.deepEqual(found(actor([may], { boundary: nothing })), []);
        const [account, ...rest] = world().accounts;
        const held = { ...account!, scps: scps(deny({ Action: last })) };
        assert.deepEqual(found(actor([may]), { accounts: [held, ...rest] }), []);
      });

      if (condition === undefined) return;
      it(`hangs on ${condition.key}`, () => {
        const only = (value: string) => {
          const { key } = condition;
          const bound = { ...may, Condition: { StringEquals: { [key]: value } } };
          const statements = actions.map((action) =>
            action === "iam:PassRole" || actions.length === 1
              ? { ...bound, Action: action }
              : { ...may, Action: action },
          );
          return found(actor(statements));
        };
        assert.deepEqual(only(condition.helps), reached);
        assert.deepEqual(only(condition.fails), []);
      });
    });
  }
});
