import { strict as assert } from "assert";
import { MemoryStore } from "../../../../local/cloud/core/memory-store";
import { levelsOf, membershipOf, policiesByLevel } from "../../../../local/cloud/organizations/hierarchy";
import {
  organizationAccounts,
  organizationalUnits,
  organizationPolicies,
  OrganizationPolicyType,
} from "../../../../local/cloud/organizations/records";

const MANAGEMENT = "999999999999";
const ORDERS = "222222222222";

describe("the hierarchy of the organisation", () => {
  let store: MemoryStore;

  beforeEach(() => {
    store = new MemoryStore(() => undefined);
    store
      .table("organizations:organization")
      .put("organization", { id: "o-strongroom", rootId: "r-root", managementAccountId: MANAGEMENT });
    organizationalUnits(store).put("r-root", { id: "r-root", name: "Root" } as never);
    organizationalUnits(store).put("ou-work", { id: "ou-work", name: "work", parentId: "r-root" });
    join(MANAGEMENT, "r-root");
    join(ORDERS, "ou-work");
  });

  const join = (accountId: string, parentId: string) =>
    organizationAccounts(store).put(accountId, { accountId, name: accountId, parentId, joinedAt: 0 });

  const attach = (id: string, type: OrganizationPolicyType, ...targetIds: string[]) =>
    organizationPolicies(store).put(id, {
      id,
      name: id,
      description: "",
      type,
      isAwsManaged: false,
      content: '{"Version":"2012-10-17","Statement":[]}',
      targetIds,
    });

  const pathOf = (accountId: string) => membershipOf(store, accountId)?.paths[0];

  const sources = (accountId: string, type: OrganizationPolicyType) =>
    policiesByLevel(store, accountId, type)?.map((level) => level.map(({ source }) => source));

  it("goes from the root down to the account", () => {
    assert.deepEqual(levelsOf(store, ORDERS), ["r-root", "ou-work", ORDERS]);
    assert.deepEqual(membershipOf(store, ORDERS), {
      organizationId: "o-strongroom",
      paths: ["o-strongroom/r-root/ou-work/"],
    });
  });

  it("has no place for a stranger", () => {
    assert.deepEqual(levelsOf(store, "123456789012"), []);
    assert.equal(pathOf("123456789012"), undefined);
    assert.equal(policiesByLevel(store, "123456789012", "SERVICE_CONTROL_POLICY"), undefined);
  });

  it("follows an account that moves, and one that moves back when its transaction fails", () => {
    assert.equal(pathOf(ORDERS), "o-strongroom/r-root/ou-work/");
    assert.throws(() =>
      store.transaction(() => {
        join(ORDERS, "r-root");
        assert.equal(pathOf(ORDERS), "o-strongroom/r-root/");
        throw new Error("no");
      }),
    );
    assert.equal(pathOf(ORDERS), "o-strongroom/r-root/ou-work/");
    join(ORDERS, "r-root");
    assert.equal(pathOf(ORDERS), "o-strongroom/r-root/");
  });

  it("gives the policies of one type by level, as they are attached at that moment", () => {
    attach("p-deny", "SERVICE_CONTROL_POLICY", "ou-work");
    attach("p-rcp", "RESOURCE_CONTROL_POLICY", ORDERS);
    assert.deepEqual(sources(ORDERS, "SERVICE_CONTROL_POLICY"), [
      [],
      ["service control policy p-deny attached to ou-work"],
      [],
    ]);
    assert.deepEqual(sources(ORDERS, "RESOURCE_CONTROL_POLICY"), [
      [],
      [],
      [`resource control policy p-rcp attached to ${ORDERS}`],
    ]);
    attach("p-deny", "SERVICE_CONTROL_POLICY", "r-root", ORDERS);
    assert.deepEqual(sources(ORDERS, "SERVICE_CONTROL_POLICY"), [
      ["service control policy p-deny attached to r-root"],
      [],
      [`service control policy p-deny attached to ${ORDERS}`],
    ]);
    organizationPolicies(store).delete("p-deny");
    assert.deepEqual(sources(ORDERS, "SERVICE_CONTROL_POLICY"), [[], [], []]);
  });

  it("limits every account but the management account", () => {
    attach("p-deny", "SERVICE_CONTROL_POLICY", "r-root");
    assert.equal(sources(MANAGEMENT, "SERVICE_CONTROL_POLICY"), undefined);
    assert.equal(sources(MANAGEMENT, "RESOURCE_CONTROL_POLICY"), undefined);
  });
});
