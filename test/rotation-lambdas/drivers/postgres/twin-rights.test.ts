import { strict as assert } from "assert";
import { Role } from "../../../../rotation-lambdas/drivers/postgres/role";
import {
  equalizingStatements,
  grantMembership,
  twinDifferences,
} from "../../../../rotation-lambdas/drivers/postgres/twin-rights";

const attributes = {
  ...{ LOGIN: true, CREATEDB: false, CREATEROLE: false, INHERIT: true, REPLICATION: false, BYPASSRLS: false },
  ...{ "CONNECTION LIMIT": -1, "VALID UNTIL": "infinity" },
};
const original: Role = {
  ...{ oid: "1", name: "app", isSuperuser: false, attributes, memberships: [], holdings: [] },
  settings: new Map([["", ["work_mem=9MB"]]]),
};
const member = { role: "app", admin: false, inherit: true, set: true };
const clone: Role = {
  ...{ ...original, oid: "2", name: "app_clone", memberships: [member] },
  settings: new Map([["", ["role=app", "work_mem=9MB"]]]),
};

/** What the comparison says of a clone that is changed so, and what is done about it. */
const cases: Record<
  string,
  { change: Partial<Role>; differences: string[]; statements: string[]; version?: number }
> = {
  "an equal clone": { change: {}, differences: [], statements: [] },
  "attributes that differ": {
    change: {
      attributes: {
        ...attributes,
        CREATEDB: true,
        "CONNECTION LIMIT": 3,
        "VALID UNTIL": "2030-01-01T00:00:00Z",
      },
    },
    differences: ["attribute CREATEDB", "attribute CONNECTION LIMIT", "attribute VALID UNTIL"],
    statements: [`ALTER ROLE "app_clone" NOCREATEDB CONNECTION LIMIT -1 VALID UNTIL 'infinity'`],
  },
  "a session that starts as the clone": {
    change: { settings: original.settings },
    differences: ["settings of the role"],
    statements: [
      `ALTER ROLE "app_clone" RESET ALL`,
      `ALTER ROLE "app_clone" SET "role" TO E'app'`,
      `ALTER ROLE "app_clone" SET "work_mem" TO E'9MB'`,
    ],
  },
  "a setting in a database": {
    change: { settings: new Map([...clone.settings, ["orders", ["work_mem=1MB"]]]) },
    differences: ["settings in database orders"],
    statements: [`ALTER ROLE "app_clone" IN DATABASE "orders" RESET ALL`],
  },
  "no inheritance": {
    change: { memberships: [{ ...member, inherit: false }] },
    differences: ["membership of app_clone in app"],
    statements: [`GRANT "app" TO "app_clone" WITH ADMIN FALSE, INHERIT TRUE, SET TRUE`],
  },
  "the right to pass the membership on": {
    change: { memberships: [{ ...member, admin: true }] },
    differences: ["membership of app_clone in app"],
    statements: [`REVOKE ADMIN OPTION FOR "app" FROM "app_clone"`],
  },
  "a membership of its own": {
    change: { memberships: [{ ...member, role: "admins" }, member] },
    differences: ["app_clone is a member of admins"],
    statements: [`REVOKE "admins" FROM "app_clone"`],
  },
  "objects and privileges of its own": {
    change: {
      holdings: [
        { database: "orders", kind: "owns", count: 2 },
        { database: "", kind: "holds privileges on", count: 1 },
      ],
    },
    differences: [
      "app_clone owns 2 objects in orders",
      "app_clone holds privileges on 1 object in the cluster",
    ],
    statements: [],
  },
  "no INHERIT before version 16, where it decides": {
    change: { attributes: { ...attributes, INHERIT: false } },
    version: 150000,
    differences: ["attribute INHERIT"],
    statements: [`ALTER ROLE "app_clone" INHERIT`],
  },
};

describe("the rights of two PostgreSQL users", () => {
  for (const [what, { change, differences, statements, version = 160000 }] of Object.entries(cases)) {
    it(`are compared and made equal: ${what}`, () => {
      const changed = { ...clone, ...change };
      assert.deepEqual(twinDifferences(original, changed, version), differences);
      assert.deepEqual(equalizingStatements(original, changed, version), statements);
    });
  }

  it("keep the role that the original's own sessions start as", () => {
    const settings = new Map([["", ["role=owners"]]]);
    assert.deepEqual(twinDifferences({ ...original, settings }, { ...clone, settings }, 160000), []);
  });

  it("come from a membership whose options older versions do not know", () => {
    assert.equal(grantMembership("a", "b", 150000), `GRANT "a" TO "b"`);
  });
});
