import { strict as assert } from "assert";
import { documentUses } from "../../../../policies/documents/document-uses";
import { buildGraph } from "../../../../policies/stack/graph";
import { identitiesOf } from "../../../../policies/facts/identities/identities";
import { Resource } from "../../../../policies/stack/resource";
import { allow, role, rolePolicy } from "../../support/identity";
import { policy, resource, unknownArray, unknownText } from "../../support/stack";

const read = policy(allow("s3:GetObject"));
const write = policy(allow("s3:PutObject"));
const managed = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const ownArn = "arn:aws:iam::111111111111:policy/own";
const own = resource("policy", "own", { props: { arn: ownArn, policy: read } });
const user = (name: string) => resource("user", name, { props: { name } });
const group = (name: string) => resource("group", name, { props: { name } });

/** Identities in names: enough to see what is joined to what. */
function outline(stack: readonly Resource[]) {
  const found = identitiesOf(buildGraph(stack));
  const { all, loose } = found;
  return {
    identities: Object.fromEntries(
      all.map(({ resource: { name }, documents, managed: kept, unclear }) => [
        name,
        [
          ...documents.map(({ holder, path, state }) => [holder.name, ...(path ?? []), state].join(" ")),
          ...kept.map(({ holder, arn }) => `${holder.name} ${arn}`),
          ...unclear.map(({ holder, decidedBy }) => `${holder.name}? ${decidedBy}`),
        ],
      ]),
    ),
    loose: loose.map(({ name }) => name),
  };
}

const cases: readonly (readonly [
  string,
  readonly Resource[],
  Record<string, readonly string[]>,
  readonly string[],
])[] = [
  ["a role alone", [role()], { worker: [] }, []],
  [
    "a policy of its own resource, by the role's name",
    [role(), rolePolicy("a", "worker", read)],
    { worker: ["a known"] },
    [],
  ],
  [
    "a policy of its own resource, by the role's ARN",
    [
      role("worker", { arn: "arn:aws:iam::111111111111:role/worker" }),
      rolePolicy("a", "arn:aws:iam::111111111111:role/worker", read),
    ],
    { worker: ["a known"] },
    [],
  ],
  [
    "inline policies of the role",
    [
      role("worker", {
        inlinePolicies: [{ name: "a", policy: read }, { name: "b", policy: unknownText }, { name: "c" }],
      }),
    ],
    { worker: ["worker 0 policy known", "worker 1 policy unknown"] },
    [],
  ],
  [
    "inline policies that are not known",
    [resource("role", "worker", { props: { inlinePolicies: unknownArray }, from: { inlinePolicies: [] } })],
    { worker: ["worker? the value of `inlinePolicies`"] },
    [],
  ],
  [
    "a managed policy of the stack",
    [own, role(), resource("rolePolicyAttachment", "t", { props: { role: "worker", policyArn: ownArn } })],
    { worker: ["own known"] },
    [],
  ],
  [
    "a managed policy of the stack that a role lists",
    [own, role("worker", { managedPolicyArns: [ownArn, managed] })],
    { worker: ["own known", `worker ${managed}`] },
    [],
  ],
  [
    "a managed policy that is attached twice",
    [
      own,
      role("worker", { managedPolicyArns: [ownArn] }),
      resource("rolePolicyAttachment", "t", { props: { role: "worker", policyArn: ownArn } }),
    ],
    { worker: ["own known"] },
    [],
  ],
  [
    "a managed policy of AWS's",
    [role(), resource("rolePolicyAttachment", "t", { props: { role: "worker", policyArn: managed } })],
    { worker: [`t ${managed}`] },
    [],
  ],
  [
    "an attachment that is not known",
    [role(), resource("rolePolicyAttachment", "t", { props: { role: "worker", policyArn: unknownText } })],
    { worker: ["t? the value of `policyArn`"] },
    [],
  ],
  [
    "an attachment that is computed from a policy",
    [
      own,
      role(),
      resource("rolePolicyAttachment", "t", {
        props: { role: "worker", policyArn: unknownText },
        from: { policyArn: [own] },
      }),
    ],
    { worker: ["own known"] },
    [],
  ],
  ["a role that is not known", [role(), rolePolicy("a", unknownText, read)], { worker: [] }, ["a"]],
  ["a role that is computed", computed(), { worker: ["a known"] }, []],
  ["a role of another stack", [role(), rolePolicy("a", "elsewhere", read)], { worker: [] }, []],
  [
    "the exclusive list of a role",
    [
      own,
      role(),
      resource("rolePolicyAttachmentsExclusive", "e", {
        props: { roleName: "worker", policyArns: [ownArn, managed] },
      }),
    ],
    { worker: ["own known", `e ${managed}`] },
    [],
  ],
  [
    "the exclusive lists of a user and a group",
    [
      own,
      user("ann"),
      group("ops"),
      resource("userPolicyAttachmentsExclusive", "u", { props: { userName: "ann", policyArns: [managed] } }),
      resource("groupPolicyAttachmentsExclusive", "g", { props: { groupName: "ops", policyArns: [ownArn] } }),
    ],
    { ann: [`u ${managed}`], ops: ["own known"] },
    [],
  ],
  [
    "an attachment to many",
    [
      own,
      role(),
      user("ann"),
      group("ops"),
      resource("policyAttachment", "m", {
        props: { policyArn: ownArn, roles: ["worker"], users: ["ann"], groups: ["ops"] },
      }),
    ],
    { worker: ["own known"], ann: ["own known"], ops: ["own known"] },
    [],
  ],
  [
    "an attachment to those that are not known",
    [
      own,
      role(),
      resource("policyAttachment", "m", {
        props: { policyArn: ownArn, roles: unknownArray },
        from: { roles: [] },
      }),
    ],
    { worker: [] },
    ["m"],
  ],
  [
    "policies of a user and its groups",
    [
      user("ann"),
      group("ops"),
      group("dev"),
      resource("userPolicy", "u", { props: { user: "ann", policy: read } }),
      resource("groupPolicy", "g", { props: { group: "ops", policy: write } }),
      resource("groupPolicyAttachment", "d", { props: { group: "dev", policyArn: managed } }),
      resource("userGroupMembership", "m", { props: { user: "ann", groups: ["ops", "dev"] } }),
    ],
    { ann: ["u known", "g known", `d ${managed}`], ops: ["g known"], dev: [`d ${managed}`] },
    [],
  ],
  [
    "members by the group",
    [
      user("ann"),
      user("bob"),
      group("ops"),
      resource("groupPolicy", "g", { props: { group: "ops", policy: write } }),
      resource("groupMembership", "m", { props: { group: "ops", users: ["bob", "elsewhere"] } }),
    ],
    { ann: [], bob: ["g known"], ops: ["g known"] },
    [],
  ],
  [
    "what a role repeats after an update",
    [
      role("worker", {
        inlinePolicies: [
          { name: "a", policy: read },
          { name: "b", policy: write },
        ],
        managedPolicyArns: [managed, ownArn],
      }),
      rolePolicy("a", "worker", read),
      resource("rolePolicyAttachment", "t", { props: { role: "worker", policyArn: managed } }),
    ],
    { worker: ["worker 1 policy known", "a known", `worker ${ownArn}`, `t ${managed}`] },
    [],
  ],
  [
    "what a role repeats with other white space",
    [
      role("worker", { inlinePolicies: [{ name: "a", policy: JSON.stringify(JSON.parse(read), null, 2) }] }),
      rolePolicy("a", "worker", read),
    ],
    { worker: ["a known"] },
    [],
  ],
];

function computed(): readonly Resource[] {
  const worker = resource("role", "worker", { props: { name: unknownText } });
  return [
    worker,
    resource("rolePolicy", "a", { props: { role: unknownText, policy: read }, from: { role: [worker] } }),
  ];
}

describe("identities", () => {
  for (const [name, stack, identities, loose] of cases) {
    it(name, () => {
      const found = outline(stack);
      assert.deepEqual(found, { identities, loose });
    });
  }

  it("are joined once for each graph", () => {
    const graph = buildGraph([role()]);
    assert.equal(identitiesOf(graph), identitiesOf(graph));
    assert.equal(documentUses(graph), documentUses(graph));
    assert.notEqual(identitiesOf(graph), identitiesOf(buildGraph([role()])));
  });

  it("tell which one a resource is", () => {
    const worker = role();
    const found = identitiesOf(buildGraph([worker]));
    assert.equal(found.of(worker)?.resource, worker);
    assert.equal(found.of(role("other")), undefined);
  });

  it("list every document once, and the trust policies", () => {
    const attach = (name: string, to: string) =>
      resource("rolePolicyAttachment", name, { props: { role: to, policyArn: ownArn } });
    const found = identitiesOf(
      buildGraph([
        own,
        role("a"),
        role("b"),
        attach("x", "a"),
        attach("y", "b"),
        rolePolicy("c", "elsewhere", write),
      ]),
    );
    assert.deepEqual(
      found.documents.map(({ holder }) => holder.name),
      ["own", "c"],
    );
    assert.deepEqual(
      found.trusts.map(({ holder }) => holder.name),
      ["a", "b"],
    );
  });
});
