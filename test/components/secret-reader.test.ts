import { strict as assert } from "assert";
import { SecretReader } from "../../components";
import { readerPolicy, trustPolicy } from "../../components/model";
import { renderPolicy } from "../../iam";
import { Created, inputsOf, recordResources, settled, valueOf } from "../support/pulumi-mocks";

const args = {
  roleName: "services/orders",
  description: "Service of the orders application",
  trust: { services: ["lambda.amazonaws.com"], principals: ["arn:aws:iam::222222222222:root"] },
  access: [{ region: "eu-west-1", secretArns: ["secret-arn"], keyArns: ["key-arn"] }],
};

describe("SecretReader", () => {
  let created: Created[];
  beforeEach(() => (created = recordResources()));

  it("makes a role that may read the given secrets", async () => {
    const reader = new SecretReader("orders", { ...args, permissionsBoundaryArn: "boundary" });
    assert.equal(await valueOf(reader.roleName), "orders");
    await settled();
    assert.deepEqual(inputsOf(created, "aws:iam/role:Role"), {
      orders: {
        name: "orders",
        path: "/services/",
        description: "Service of the orders application",
        assumeRolePolicy: renderPolicy(trustPolicy(args.trust)),
        permissionsBoundary: "boundary",
      },
    });
    assert.deepEqual(inputsOf(created, "aws:iam/rolePolicy:RolePolicy"), {
      orders: { name: "read-secrets", role: "orders", policy: renderPolicy(readerPolicy(args.access)) },
    });
    assert.equal(created.length, 3);
  });

  it("refuses every wrong argument at once, and makes nothing", () => {
    assert.throws(
      () => new SecretReader("orders", { ...args, roleName: "a role", trust: {}, access: [] }),
      /3 problems\n  roleName: .*\n  trust: expected at least one service or principal, got none\n  access: /,
    );
    assert.deepEqual(created, []);
  });
});
