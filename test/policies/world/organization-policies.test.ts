import { strict as assert } from "assert";
import { isKnown } from "../../../iam/proof";
import { anyOrganization, Organization } from "../../../policies/organization";
import { buildGraph } from "../../../policies/stack/graph";
import { Resource } from "../../../policies/stack/resource";
import {
  AttachedOrganizationPolicy,
  levelsOf,
  organizationPolicies,
} from "../../../policies/world/organization-policies";
import { resource, unknownText } from "../support/stack";
import { outline } from "./outline";

const document = (...statements: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const deny = { Effect: "Deny", Action: "kms:*", Resource: "*" } as const;
const allow = { Effect: "Allow", Action: "*", Resource: "*" } as const;
const fence = { ...deny, Principal: "*" } as const;
const scp = "SERVICE_CONTROL_POLICY";
const rcp = "RESOURCE_CONTROL_POLICY";

const made = (props: object) =>
  resource("organizationsPolicy", "p", {
    props: { id: "p-1", name: "no-kms", content: document(deny), ...props },
    from: { content: [] },
  });
const attached = (props: object = {}) =>
  resource("organizationsPolicyAttachment", "a", {
    props: { policyId: "p-1", targetId: "ou-1", ...props },
    from: { targetId: [] },
  });

const found = (stack: readonly Resource[], told: Partial<Organization> = {}) =>
  organizationPolicies(buildGraph(stack), { ...anyOrganization, ...told }).map((one) => ({
    ...one,
    document: outline(one.document),
  }));

describe("the policies of the organisation", () => {
  const here = { type: scp, target: "ou-1", document: "service control policy no-kms attached to ou-1" };
  const ofResources = {
    type: rcp,
    target: "ou-1",
    document: "resource control policy no-kms attached to ou-1",
  };
  const cases: readonly (readonly [string, () => readonly Resource[], readonly object[]])[] = [
    ["are none without an attachment", () => [made({ type: scp })], []],
    ["are service control policies", () => [made({ type: scp }), attached()], [here]],
    ["are service control policies unless they say", () => [made({}), attached()], [here]],
    [
      "are resource control policies, whose statements have a principal",
      () => [made({ type: rcp, content: document(fence) }), attached()],
      [ofResources],
    ],
    [
      "are told by what each must be: a service control policy has no principal",
      () => [made({ type: scp, content: document(fence) }), attached()],
      [
        {
          ...here,
          document: `${here.document} ? it cannot be read: Statement[0].Principal: not allowed in a policy of kind scp`,
        },
      ],
    ],
    ["are not those of other types", () => [made({ type: "TAG_POLICY" }), attached()], []],
    ["are none without a text", () => [made({ content: null }), attached()], []],
    [
      "may have a text that is not known",
      () => [made({ content: unknownText }), attached()],
      [{ ...here, document: `${here.document} ? it depends on the value of \`content\`` }],
    ],
    [
      "may be attached to nobody knows what",
      () => [made({}), attached({ targetId: unknownText })],
      [{ type: scp, document: "service control policy no-kms attached to a target that is not known" }],
    ],
    ["are found by ARN", () => [made({ arn: "arn:p" }), attached({ policyId: "arn:p" })], [here]],
    ["are not those of another stack", () => [made({}), attached({ policyId: "p-2" })], []],
    ["are not those that nobody can tell", () => [made({}), attached({ policyId: unknownText })], []],
  ];
  for (const [name, stack, expected] of cases) it(name, () => assert.deepEqual(found(stack()), expected));

  it("are told by settings as well, before those of the stack", () => {
    const given = (name: string, ...targets: readonly string[]) => ({
      name,
      targets,
      document: JSON.parse(document(deny)) as never,
    });
    const told = { scps: [given("a", "root", "ou-2")], rcps: [given("b", "ou-3"), given("c")] };
    assert.deepEqual(found([made({}), attached()], told), [
      { type: scp, target: "root", document: "service control policy a attached to root" },
      { type: scp, target: "ou-2", document: "service control policy a attached to ou-2" },
      { type: rcp, target: "ou-3", document: "resource control policy b attached to ou-3" },
      here,
    ]);
  });
});

describe("the policies at each level", () => {
  const policyAt = (
    name: string,
    target: string | undefined,
    statements: readonly object[] = [deny],
    type: AttachedOrganizationPolicy["type"] = scp,
  ): AttachedOrganizationPolicy => {
    const told = { name, targets: ["x"], document: JSON.parse(document(...statements)) as never };
    const [one] = organizationPolicies(buildGraph([]), { ...anyOrganization, scps: [told] });
    const held = { ...one!.document, source: name };
    return { type, document: held, ...(target === undefined ? {} : { target }) };
  };
  const levels = ["r-1", "ou-1", "111111111111"];
  const at = (type: AttachedOrganizationPolicy["type"], ...policies: readonly AttachedOrganizationPolicy[]) =>
    levelsOf(policies, type, levels)?.map((level) => level.map(({ source }) => source));
  const full = levels.map((level) => `full access attached to ${level}`);

  it("are not limited without any of the type", () => {
    assert.equal(at(scp), undefined);
    assert.equal(at(rcp, policyAt("a", "ou-1")), undefined);
    assert.equal(at(scp, policyAt("a", "ou-1", [fence], rcp)), undefined);
  });

  it("stand beside the full access that AWS attaches", () =>
    assert.deepEqual(at(scp, policyAt("a", "ou-1")), [[full[0]], [full[1], "a"], [full[2]]]));

  it("are those of the root by its id or by its name, which is that of no other level", () => {
    assert.deepEqual(at(scp, policyAt("a", "root")), [[full[0], "a"], [full[1]], [full[2]]]);
    assert.deepEqual(at(scp, policyAt("a", "r-1")), [[full[0], "a"], [full[1]], [full[2]]]);
  });

  it("may be at any level when nobody knows where", () =>
    assert.deepEqual(
      at(scp, policyAt("a", undefined)),
      full.map((one) => [one, "a"]),
    ));

  it("take the place of full access where one of their statements allows", () => {
    assert.deepEqual(at(scp, policyAt("a", "ou-1", [allow])), [[full[0]], ["a"], [full[2]]]);
    assert.deepEqual(at(scp, policyAt("a", "ou-1", [deny, allow])), [[full[0]], ["a"], [full[2]]]);
  });

  it("do not where their text is not known", () => {
    const open = { type: scp, target: "ou-1", document: { source: "a", unknown: "not known" } } as const;
    assert.deepEqual(at(scp, open), [[full[0]], [full[1], "a"], [full[2]]]);
  });

  it("never do as resource control policies, whose full access cannot be detached", () =>
    assert.deepEqual(at(rcp, policyAt("a", "ou-1", [allow], rcp)), [[full[0]], [full[1], "a"], [full[2]]]));

  it("allow everything with the full access that AWS attaches", () => {
    const [[root] = []] = levelsOf([policyAt("a", "ou-1")], scp, levels) ?? [];
    assert.ok(root !== undefined && isKnown(root));
    assert.deepEqual(root.policy.document, { Version: "2012-10-17", Statement: [allow] });
  });
});
