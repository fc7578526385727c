import { strict as assert } from "assert";
import { AccessWorld, Group, isKnown, NamedPrincipal, readable, WorldDocument } from "../../../iam/proof";
import { Frame } from "../../../iam/proof/frame";
import { Prover } from "../../../iam/proof/prover";
import { Widening, wideningsOf, WideningWay } from "../../../iam/proof/widenings";
import { allow, attached } from "../worlds";
import { BILLING, role, SECRETS, user, world } from "./access-worlds";

const arn = (rest: string, accountId = SECRETS) => `arn:aws:iam::${accountId}:${rest}`;
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const STAFF = arn("group/staff");
const COMMON = arn("policy/common");
const BOUNDS = arn("policy/bounds");
const boundary = attached("boundary", allow({ Action: "s3:*" }));
const own = attached("own policy", allow({ Action: "s3:*" }));
const idle = role("idle", { accountId: SECRETS, identity: [own], trust: attached("trust", allow()) });
const alice = user("alice", { accountId: SECRETS, identity: [own] });

/** What a request says besides who sends it and where: what is fixed, and what the caller chooses. */
function saying({ fixed, free }: Frame): readonly string[] {
  const given = [...fixed]
    .filter(([key]) => key.startsWith("iam:"))
    .map(([key, value]) => `${key}=${readable(String(value))}`);
  const chosen = [...free].map(
    ([key, { values, universe, mayBeAbsent }]) =>
      `${key} of ${values?.join() ?? universe}${mayBeAbsent ? " or absent" : ""}`,
  );
  return [...given, ...chosen];
}

function wayText({ by, on, frames, cannotTell }: WideningWay): string {
  const requests = frames.map((frame) => {
    const name = frame.resource.arn === on ? "" : ` on ${short(frame.resource.arn)}`;
    return [`${frame.action}${name}`, ...saying(frame)].join(", ");
  });
  const open =
    cannotTell === undefined ? "" : `; perhaps: ${cannotTell.map(({ subject }) => subject).join()}`;
  return `${by} on ${short(on)} (${requests.join("; ")})${open}`;
}

const short = (text: string) => text.slice(text.lastIndexOf(":") + 1);
const source = (document: WorldDocument) => document.source;

function found(principal: NamedPrincipal, given: Partial<AccessWorld> = {}): readonly Widening[] {
  return wideningsOf(principal, new Prover(world({ principals: [principal], ...given })));
}

/** The ways to have any policies, one in a line. */
const policyWays = (principal: NamedPrincipal, given?: Partial<AccessWorld>) =>
  found(principal, given)[0]!.ways.map(wayText);

const ADMIN = `iam:policyarn of ${ADMINISTRATOR}`;
const ANY = "iam:policyarn of arn:*";
const PERHAPS = "; perhaps: a policy that may be attached";
const FREE = "iam:permissionsboundary=undefined";
const ofRole = [
  `iam:PutRolePolicy on role/idle (iam:PutRolePolicy, ${FREE})`,
  `iam:AttachRolePolicy on role/idle (iam:AttachRolePolicy, ${FREE}, ${ADMIN})`,
];
const anyOfRole = `iam:AttachRolePolicy on role/idle (iam:AttachRolePolicy, ${FREE}, ${ANY})${PERHAPS}`;
const ofUser = [
  `iam:PutUserPolicy on user/alice (iam:PutUserPolicy, ${FREE})`,
  `iam:AttachUserPolicy on user/alice (iam:AttachUserPolicy, ${FREE}, ${ADMIN})`,
];
const anyOfUser = `iam:AttachUserPolicy on user/alice (iam:AttachUserPolicy, ${FREE}, ${ANY})${PERHAPS}`;
const versionsOf = (name: string) => [
  `iam:CreatePolicyVersion on policy/${name} (iam:CreatePolicyVersion)`,
  `iam:SetDefaultPolicyVersion on policy/${name} (iam:SetDefaultPolicyVersion); perhaps: versions of the policy`,
];

describe("ways to have any policies", () => {
  it("of a role", () => assert.deepEqual(policyWays(idle), [...ofRole, anyOfRole]));

  it("of a user", () => assert.deepEqual(policyWays(alice), [...ofUser, anyOfUser]));

  it("through managed policies, but for those that AWS keeps", () => {
    const managedPolicies = [
      COMMON,
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "arn:aws-cn:iam::aws:policy/job-function/Billing",
      arn("policy/team/aws-like"),
    ];
    assert.deepEqual(policyWays({ ...idle, managedPolicies }), [
      ...ofRole,
      ...versionsOf("common"),
      ...versionsOf("team/aws-like"),
      anyOfRole,
    ]);
  });

  it("through the groups that a user is in", () => {
    assert.deepEqual(policyWays({ ...alice, groups: [STAFF] }), [
      ...ofUser,
      "iam:PutGroupPolicy on group/staff (iam:PutGroupPolicy)",
      `iam:AttachGroupPolicy on group/staff (iam:AttachGroupPolicy, ${ADMIN})`,
      anyOfUser,
    ]);
  });

  it("leave everything else as it is", () => {
    const [first] = found({ ...idle, boundary, boundaryArn: BOUNDS });
    const { identity, ...rest } = first!.changed;
    const { identity: _, ...before } = { ...idle, boundary, boundaryArn: BOUNDS };
    assert.deepEqual(rest, before);
    assert.deepEqual(
      identity.map((document) => isKnown(document) && document.policy.document),
      [{ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } }],
    );
    assert.equal(found(idle).length, 1);
  });

  it("are requests to the principal's account", () => {
    const places = found({ ...idle, managedPolicies: [arn("policy/elsewhere", BILLING)] })[0]!.ways.flatMap(
      ({ frames }) => frames.map(({ resource, region }) => `${resource.accountId} ${region}`),
    );
    assert.deepEqual(
      places,
      [SECRETS, SECRETS, BILLING, BILLING, SECRETS].map((accountId) => `${accountId} us-east-1`),
    );
  });
});

describe("the boundary in a request about a principal", () => {
  const first = (given: Partial<NamedPrincipal>) => policyWays({ ...idle, ...given })[0];
  const put = (value: string) =>
    `iam:PutRolePolicy on role/idle (iam:PutRolePolicy, iam:permissionsboundary=${value})`;
  it("is absent, the policy's ARN, or one that is not known", () => {
    assert.deepEqual(
      [
        first({}),
        first({ boundary, boundaryArn: BOUNDS }),
        first({ boundary }),
        first({ boundaryArn: BOUNDS }),
      ],
      [put("undefined"), put(BOUNDS), put(`<ARN of the boundary of ${idle.arn}>`), put("undefined")],
    );
  });
});

describe("ways to be rid of a boundary", () => {
  const bounded = { ...idle, boundary, boundaryArn: BOUNDS };
  const held = `iam:permissionsboundary=${BOUNDS}`;
  const waysOf = (one: NamedPrincipal) => found(one).map(({ ways }) => ways.map(wayText));
  const deleting = `iam:DeleteRolePermissionsBoundary, ${held}`;
  const putting = `iam:PutRolePermissionsBoundary, iam:permissionsboundary of ${ADMINISTRATOR}`;

  it("are deleting it, putting another, and changing it", () => {
    assert.deepEqual(waysOf(bounded)[1], [
      `iam:DeleteRolePermissionsBoundary on role/idle (${deleting})`,
      `iam:PutRolePermissionsBoundary on role/idle (${putting})`,
      ...versionsOf("bounds"),
    ]);
  });

  it("are of the user", () => {
    assert.deepEqual(
      found({ ...alice, boundary })[1]!.ways.map(({ by, on }) => [by, on]),
      [
        ["iam:DeleteUserPermissionsBoundary", alice.arn],
        ["iam:PutUserPermissionsBoundary", alice.arn],
      ],
    );
  });

  it("leave its other policies, or any", () => {
    const changed = found(bounded).map((one) => one.changed);
    assert.deepEqual(
      changed.map(({ boundary: has, boundaryArn, identity }) => [
        has?.source,
        boundaryArn,
        identity.map(source),
      ]),
      [
        ["boundary", BOUNDS, [`whatever policies ${idle.arn} may have`]],
        [undefined, undefined, ["own policy"]],
        [undefined, undefined, [`whatever policies ${idle.arn} may have`]],
      ],
    );
    assert.deepEqual(Object.keys(changed[1]!), Object.keys(idle));
  });

  it("go with each of the ways to have any policies", () => {
    const [policies, bounds, both] = found(bounded).map(({ ways }) => ways);
    assert.deepEqual(
      both!.map(({ by, on, frames }) => [by, on, frames.map(({ action }) => action)]),
      bounds!.flatMap((bound) =>
        policies!.map((one) => [
          `${bound.by} and ${one.by}`,
          one.on,
          [...bound.frames, ...one.frames].map(({ action }) => action),
        ]),
      ),
    );
    const open = both!.map(({ cannotTell }) => cannotTell?.map(({ subject }) => subject));
    const [POLICY, VERSIONS] = ["a policy that may be attached", "versions of the policy"];
    assert.deepEqual(open, [
      ...[undefined, undefined, [POLICY]],
      ...[undefined, undefined, [POLICY]],
      ...[undefined, undefined, [POLICY]],
      ...[[VERSIONS], [VERSIONS], [VERSIONS, POLICY]],
    ]);
    assert.deepEqual(Object.keys(both![0]!).includes("cannotTell"), false);
  });
});

describe("a group that a user may be put into", () => {
  const group = (name: string, accountId = SECRETS): Group => ({
    arn: arn(`group/${name}`, accountId),
    accountId,
    identity: [attached(`policy of ${name}`, allow())],
  });
  const groups = [group("staff"), group("readers"), group("others", BILLING)];
  const joined = (one: NamedPrincipal) =>
    found(one, { groups })
      .slice(1)
      .map(({ changed, ways }) => [ways.map(wayText), changed.identity.map(source), changed.arn]);
  const joining = (name: string) => [
    [`iam:AddUserToGroup on group/${name} (iam:AddUserToGroup)`],
    ["own policy", `policy of ${name}`],
    alice.arn,
  ];

  it("is of the user's account, and gives its policies too", () => {
    assert.deepEqual(joined(alice), [joining("staff"), joining("readers")]);
  });

  it("is none that the user is in", () => {
    assert.deepEqual(joined({ ...alice, groups: [STAFF] }), [joining("readers")]);
  });

  it("is none for a role, and none in a world without groups", () => {
    assert.deepEqual([joined(idle), found(alice).length], [[], 1]);
  });

  it("comes before the boundary", () => {
    const all = found({ ...alice, boundary }, { groups: [group("readers")] });
    assert.deepEqual(
      all.map(({ ways }) => ways[0]!.by),
      [
        "iam:PutUserPolicy",
        "iam:AddUserToGroup",
        "iam:DeleteUserPermissionsBoundary",
        "iam:DeleteUserPermissionsBoundary and iam:PutUserPolicy",
      ],
    );
  });
});
