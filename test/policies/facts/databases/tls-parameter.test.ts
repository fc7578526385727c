import { strict as assert } from "assert";
import { tlsParameter } from "../../../../policies/facts/databases/tls-parameter";
import { types } from "../../../../policies/stack/resource";

describe("the parameter that demands TLS", () => {
  const forceSsl = { name: "rds.force_ssl", on: ["1"] };
  const secure = { name: "require_secure_transport", on: ["1", "on"], byDefault: false };
  const cases: readonly (readonly [string, string, string, object | undefined])[] = [
    [types.dbInstance, "postgres", "14.9", { ...forceSsl, byDefault: false }],
    [types.dbInstance, "postgres", "15", { ...forceSsl, byDefault: true }],
    [types.dbInstance, "postgres", "16.3", { ...forceSsl, byDefault: true }],
    [types.dbInstance, "postgres", "", { ...forceSsl, byDefault: false }],
    [types.dbInstance, "postgres", "v15", { ...forceSsl, byDefault: false }],
    [types.dbCluster, "aurora-postgresql", "16.9", { ...forceSsl, byDefault: false }],
    [types.dbCluster, "aurora-postgresql", "17.4", { ...forceSsl, byDefault: true }],
    [types.dbInstance, "sqlserver-ex", "16.00", { ...forceSsl, byDefault: false }],
    [types.dbInstance, "custom-sqlserver-ee", "16.00", undefined],
    [types.dbInstance, "mysql", "8.4", secure],
    [types.dbInstance, "mariadb", "11.4", secure],
    [types.dbCluster, "aurora-mysql", "8.0", secure],
    [types.dbCluster, "aurora", "5.6", secure],
    [types.dbInstance, "oracle-ee", "19", undefined],
    [types.redshiftCluster, "", "", { name: "require_ssl", on: ["true", "1"], byDefault: false }],
    [
      types.docdbCluster,
      "docdb",
      "5.0.0",
      { name: "tls", on: ["enabled", "fips-140-3", "tls1.2+", "tls1.3+"], byDefault: true },
    ],
  ];
  for (const [type, engine, version, expected] of cases) {
    it(`of ${type} ${engine} ${version}`, () =>
      assert.deepEqual(tlsParameter(type, engine, version), expected));
  }
});
