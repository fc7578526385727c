import { strict as assert } from "assert";
import { databaseGroups, databasesOf } from "../../../../policies/facts/databases/rotated-databases";
import { buildGraph } from "../../../../policies/stack/graph";
import { Resource, types } from "../../../../policies/stack/resource";
import { resource, unknownText } from "../../support/stack";

describe("databases that a rotation logs in to", () => {
  const code = (from: readonly Resource[] = []) =>
    resource("function", "rotate", { props: { environment: unknownText }, from: { environment: from } });
  const db = (props: object = {}, name = "db") => resource("dbInstance", name, { props: { ...props } });
  const secret = resource("secret", "orders", { props: { arn: "s-1" } });
  const found = (stack: readonly Resource[], from: readonly Resource[] = []) => {
    const graph = buildGraph(stack);
    return databasesOf(code(from), graph.secrets, graph).map(({ resource: { name }, port }) => [name, port]);
  };

  it("are those that its settings are computed from", () => {
    const [one, other] = [db({ port: 6543 }), db({ port: 1 }, "other")];
    assert.deepEqual(found([other, one], [one, secret]), [["db", 6543]]);
  });
  it("are those that the secret's value is computed from", () => {
    const one = db({ port: 6543 });
    const version = (secretId: string) =>
      resource("secretVersion", `v-${secretId}`, {
        props: { secretId, secretString: unknownText },
        from: { secretString: [one] },
      });
    assert.deepEqual(found([one, secret, version("s-1")]), [["db", 6543]]);
    assert.deepEqual(found([one, secret, version("s-2")]), []);
  });
  for (const reference of ["arn", "id", "name"]) {
    it(`are those of a secret that is called by its ${reference}`, () => {
      const [one, own] = [db(), resource("secret", "own", { props: { [reference]: "s-3" } })];
      const version = resource("secretVersion", "v", {
        props: { secretId: "s-3", secretString: unknownText },
        from: { secretString: [one] },
      });
      assert.deepEqual(found([one, own, version]), [["db", undefined]]);
    });
  }
  it("are none of what has no login of this kind", () => {
    const one = resource("neptuneCluster", "n");
    assert.deepEqual(found([one], [one]), []);
  });

  const ports: readonly (readonly [keyof typeof types, object, number | undefined])[] = [
    ["dbInstance", { engine: "postgres", port: 6543 }, 6543],
    ["dbInstance", { engine: "postgres" }, 5432],
    ["dbCluster", { engine: "aurora-postgresql" }, 5432],
    ["dbInstance", { engine: "mysql" }, 3306],
    ["dbInstance", { engine: "mariadb" }, 3306],
    ["dbCluster", { engine: "aurora" }, 3306],
    ["dbCluster", { engine: "aurora-mysql" }, 3306],
    ["dbInstance", { engine: "oracle-se2" }, 1521],
    ["dbInstance", { engine: "custom-oracle-ee" }, 1521],
    ["dbInstance", { engine: "sqlserver-web" }, 1433],
    ["dbInstance", { engine: "custom-sqlserver-se" }, 1433],
    ["dbInstance", { engine: "db2-se" }, undefined],
    ["dbInstance", { engine: "my-oracle" }, undefined],
    ["dbInstance", { engine: "my-sqlserver" }, undefined],
    ["dbInstance", { engine: "x-aurora" }, undefined],
    ["dbInstance", { engine: "auroras" }, undefined],
    ["dbInstance", {}, undefined],
    ["dbInstance", { engine: "postgres", port: unknownText }, undefined],
    ["docdbCluster", {}, 27017],
    ["redshiftCluster", {}, 5439],
  ];
  for (const [type, props, port] of ports) {
    it(`listen on ${port ?? "a port nobody knows"}: ${type} ${JSON.stringify(props).slice(0, 40)}`, () => {
      const one = resource(type, "db", { props: { ...props } });
      assert.deepEqual(found([one], [one]), [["db", port]]);
    });
  }

  it("have their security groups", () => {
    const groups = (type: keyof typeof types) => databaseGroups(resource(type, "db"));
    assert.deepEqual(
      ["dbInstance", "dbCluster", "docdbCluster", "redshiftCluster"].map((type) =>
        groups(type as keyof typeof types),
      ),
      Array(4).fill(["vpcSecurityGroupIds"]),
    );
    assert.deepEqual(groups("neptuneCluster"), []);
  });
});
