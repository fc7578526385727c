import { strict as assert } from "assert";
import { deployOrders } from "../../../examples/orders/deploy-orders";
import { readerPolicy } from "../../../components/model";
import { renderPolicy } from "../../../iam";
import { EnvironmentContract } from "../../../stacks/contract";
import { Created, inputsOf, recordResources, settled } from "../../support/pulumi-mocks";

const contract: EnvironmentContract = {
  schemaVersion: 1,
  organizationId: "o-strongroom",
  centralAccountId: "111111111111",
  regions: { primary: "eu-west-1", replicas: ["eu-central-1"] },
  keyArns: { "eu-west-1": "key-1", "eu-central-1": "key-2" },
  secrets: {
    "orders/database": {
      arns: { "eu-west-1": "secret-1", "eu-central-1": "secret-2" },
      firstValue: "rotation",
    },
  },
  workloads: {
    orders: {
      accountId: "222222222222",
      vpcIds: {},
      endpointIds: { "eu-west-1": "vpce-1" },
      readerRoleArns: {},
    },
  },
};

describe("the orders application", () => {
  let created: Created[];
  beforeEach(() => (created = recordResources()));

  it("makes a role that reads exactly its secret and its key, in every Region, and a function under it", async () => {
    const { endpointIds, secretArns } = deployOrders(contract, "deployer");
    await settled();
    assert.deepEqual(
      [endpointIds, secretArns],
      [{ "eu-west-1": "vpce-1" }, contract.secrets["orders/database"]!.arns],
    );
    const provider = inputsOf(created, "pulumi:providers:aws").orders;
    assert.deepEqual(JSON.parse(provider.assumeRoles), [
      { roleArn: "arn:aws:iam::222222222222:role/deployer" },
    ]);
    assert.equal(
      inputsOf(created, "aws:iam/rolePolicy:RolePolicy")["orders-service"].policy,
      renderPolicy(
        readerPolicy([
          { region: "eu-west-1", secretArns: ["secret-1"], keyArns: ["key-1"] },
          { region: "eu-central-1", secretArns: ["secret-2"], keyArns: ["key-2"] },
        ]),
      ),
    );
    const { environment, role } = inputsOf(created, "aws:lambda/function:Function")["orders-service"];
    assert.deepEqual(
      [environment, role],
      [{ variables: { SECRET_ID: "secret-1" } }, "arn:aws:iam::000000000000:role/orders-service"],
    );
    assert.equal(created.length, 5);
  });

  it("says what an environment lacks that does not know it", () => {
    assert.throws(
      () => deployOrders({ ...contract, secrets: {}, workloads: {} }, "deployer"),
      /2 problems\n  workloads\.orders: expected declared by the environment, got nothing\n  secrets\.orders\/database: /,
    );
    assert.deepEqual(created, []);
  });
});
