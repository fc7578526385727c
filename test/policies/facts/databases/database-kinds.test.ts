import { strict as assert } from "assert";
import { databaseKinds } from "../../../../policies/facts/databases/database-kinds";
import { types } from "../../../../policies/stack/resource";

describe("kinds of databases", () => {
  it("are told apart by type, once each", () => {
    const kinds = databaseKinds.map(({ type }) => type);
    assert.deepEqual(kinds, [
      types.dbInstance,
      types.dbCluster,
      types.redshiftCluster,
      types.redshiftNamespace,
      types.docdbCluster,
      types.neptuneCluster,
    ]);
  });
});
