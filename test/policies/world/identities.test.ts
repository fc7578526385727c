import { strict as assert } from "assert";
import { buildGraph } from "../../../policies/stack/graph";
import { Resource } from "../../../policies/stack/resource";
import { Identities } from "../../../policies/world/identities";
import { groupsOf, principalsOf } from "../../../policies/world/principals";
import { allow, role, rolePolicy, trust } from "../support/identity";
import { policy, resource, unknownText } from "../support/stack";
import { outline } from "./outline";

const iam = (rest: string) => `arn:aws:iam::111111111111:${rest}`;
const read = policy(allow("s3:GetObject"));
const other = policy(allow("s3:PutObject"));
const user = (name: string, props: object = {}) => resource("user", name, { props: { name, ...props } });
const group = (name: string) => resource("group", name, { props: { name } });
const managed = resource("policy", "read", {
  props: { name: "read", arn: iam("policy/read"), policy: read },
});

/** Principals with the names of their documents. */
const shown = (...stack: readonly Resource[]) =>
  principalsOf(buildGraph(stack)).map(({ identity, boundary, trust: trusted, ...more }) => ({
    ...more,
    identity: identity.map(outline),
    ...(boundary === undefined ? {} : { boundary: outline(boundary) }),
    ...(trusted === undefined ? {} : { trust: outline(trusted) }),
  }));

describe("principals of the world", () => {
  const worker = {
    kind: "role",
    arn: iam("role/worker"),
    accountId: "111111111111",
    tags: {},
    identity: [],
    trust: "trust policy of role worker",
  };
  const ada = { kind: "user", arn: iam("user/ada"), accountId: "111111111111", tags: {}, identity: [] };
  const attach = (policyArn: string) =>
    resource("rolePolicyAttachment", "a", { props: { role: "worker", policyArn } });
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
  const cases: readonly (readonly [string, readonly Resource[], readonly object[]])[] = [
    ["are roles with their trust", [role()], [worker]],
    ["are users without any", [user("ada", { assumeRolePolicy: trust })], [ada]],
    [
      "have their tags",
      [user("ada", { tags: { team: "a" }, tagsAll: { team: "a", of: "all" } })],
      [{ ...ada, tags: { team: "a", of: "all" } }],
    ],
    [
      "have policies of their own",
      [role(), rolePolicy("rights", "worker", read)],
      [{ ...worker, identity: ["inline policy rights of role worker"] }],
    ],
    [
      "have policies of the stack",
      [role(), managed, attach(iam("policy/read"))],
      [
        {
          ...worker,
          identity: ["policy read attached to role worker"],
          managedPolicies: [iam("policy/read")],
        },
      ],
    ],
    [
      "have policies of AWS",
      [role(), attach(admin)],
      [
        {
          ...worker,
          identity: ["policy AdministratorAccess attached to role worker"],
          managedPolicies: [admin],
        },
      ],
    ],
    [
      "are bounded by a policy of the stack",
      [role("worker", { permissionsBoundary: iam("policy/read") }), managed],
      [{ ...worker, boundary: "policy read boundary of role worker", boundaryArn: iam("policy/read") }],
    ],
    [
      "are bounded by a policy of AWS",
      [role("worker", { permissionsBoundary: admin })],
      [{ ...worker, boundary: "policy AdministratorAccess boundary of role worker", boundaryArn: admin }],
    ],
    [
      "are bounded by a policy without a text",
      [
        role("worker", { permissionsBoundary: iam("policy/bare") }),
        resource("policy", "bare", { props: { name: "bare", arn: iam("policy/bare") } }),
      ],
      [
        {
          ...worker,
          boundary: "policy bare boundary of role worker ? it has no document",
          boundaryArn: iam("policy/bare"),
        },
      ],
    ],
    [
      "have inline policies by their place where these have no name",
      [role("worker", { inlinePolicies: [{ name: "own", policy: read }, { policy: other }] })],
      [{ ...worker, identity: ["inline policy own of role worker", "inline policy 2 of role worker"] }],
    ],
    [
      "are bounded by nobody knows what",
      [
        resource("role", "worker", {
          props: { name: "worker", assumeRolePolicy: trust, permissionsBoundary: unknownText },
        }),
      ],
      [{ ...worker, boundary: "policy boundary of role worker ? `permissionsBoundary` is not known" }],
    ],
    [
      "have what their groups have",
      [
        user("ada"),
        group("team"),
        resource("userGroupMembership", "m", { props: { user: "ada", groups: ["team"] } }),
        resource("groupPolicy", "rights", { props: { group: "team", policy: read } }),
      ],
      [{ ...ada, identity: ["inline policy rights of group team"], groups: [iam("group/team")] }],
    ],
    [
      "have a policy nobody can tell which",
      [role(), resource("rolePolicyAttachment", "a", { props: { role: "worker", policyArn: unknownText } })],
      [{ ...worker, identity: ["policies of role worker ? it depends on the value of `policyArn`"] }],
    ],
    ["are left out nobody knows where", [resource("role", "lost", { account: null })], []],
    ["are left out with an ARN that is none", [role("worker", { arn: "worker" })], []],
    ["are left out with an ARN of no account", [role("worker", { arn: "arn:aws:iam:::role/worker" })], []],
  ];
  for (const [name, stack, expected] of cases) it(name, () => assert.deepEqual(shown(...stack), expected));

  it("have no member for what they have not", () => {
    const plain = role("worker", { assumeRolePolicy: null });
    assert.deepEqual(principalsOf(buildGraph([plain])), [
      { kind: "role", arn: iam("role/worker"), accountId: "111111111111", tags: {}, identity: [] },
    ]);
  });

  it("are no groups with an ARN of no account", () => {
    const odd = resource("group", "odd", { props: { name: "odd", arn: "arn:aws:iam:::group/odd" } });
    const none = resource("group", "none", { props: { name: "none", arn: "none" } });
    assert.deepEqual(groupsOf(buildGraph([odd, none])), []);
  });

  it("are put into groups, with what these have", () => {
    const rights = resource("groupPolicy", "rights", { props: { group: "team", policy: read } });
    const lost = resource("group", "lost", { account: null });
    const found = groupsOf(buildGraph([group("team"), lost, rights]));
    assert.deepEqual(
      found.map(({ arn, accountId, identity }) => [arn, accountId, identity.map(outline)]),
      [[iam("group/team"), "111111111111", ["inline policy rights of group team"]]],
    );
  });
});

describe("the policies of who is not in the graph", () => {
  it("are none", () => {
    const identities = new Identities(buildGraph([role(), rolePolicy("rights", "worker", read)]));
    const stranger = role("stranger", { permissionsBoundary: iam("policy/read") });
    assert.deepEqual(
      {
        of: identities.of(stranger),
        boundary: identities.boundaryOf(stranger),
        boundaryArn: identities.boundaryArnOf(stranger),
        managedPolicies: identities.managedPoliciesOf(stranger),
        groups: identities.groupsOf(stranger),
      },
      { of: [], boundary: undefined, boundaryArn: undefined, managedPolicies: [], groups: [] },
    );
  });
});
