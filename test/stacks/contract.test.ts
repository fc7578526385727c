import { strict as assert } from "assert";
import * as pulumi from "@pulumi/pulumi";
import { ConfigurationError } from "../../components/model";
import { consume, EnvironmentContract, produce, readContract } from "../../stacks/contract";
import { recordResources } from "../support/pulumi-mocks";

const contract: EnvironmentContract = {
  schemaVersion: 1,
  organizationId: "o-strongroom",
  centralAccountId: "111111111111",
  regions: { primary: "eu-west-1", replicas: ["eu-central-1"] },
  keyArns: { "eu-west-1": "key" },
  secrets: { "orders/database": { arns: { "eu-west-1": "secret" }, firstValue: "rotation" } },
  workloads: {
    orders: {
      accountId: "222222222222",
      vpcIds: { "eu-west-1": "vpc-1" },
      endpointIds: { "eu-west-1": "vpce-1" },
      readerRoleArns: {},
    },
  },
};

describe("the contract between an environment and an application", () => {
  before(() => {
    recordResources({
      "organization/strongroom/good": { ...contract, other: "an output of somebody else" },
      "organization/strongroom/empty": {},
      "organization/strongroom/newer": { ...contract, schemaVersion: 2, secrets: [] },
      "organization/strongroom/broken": { ...contract, keyArns: "key", secrets: { a: { arns: {} } } },
    });
  });

  const read = (stack: string) => consume(new pulumi.StackReference(`organization/strongroom/${stack}`));

  it("gives the consumer what the producer exports", async () => {
    assert.deepEqual(await read("good"), contract);
  });

  it("carries its version", () => {
    const { schemaVersion, ...outputs } = contract;
    assert.deepEqual(produce(outputs), { schemaVersion, ...outputs });
  });

  const refusals: readonly (readonly [stack: string, problems: readonly string[]])[] = [
    [
      "empty",
      [
        "schemaVersion: expected a deployed environment of Strongroom: run `pulumi up` in its project first, got nothing",
      ],
    ],
    [
      "newer",
      ["schemaVersion: expected contract version 1: use the same release of Strongroom on both sides, got 2"],
    ],
    [
      "broken",
      [
        'keyArns: expected entries by name, got "key"',
        "secrets.a.firstValue: expected one of rotation, out-of-band, got nothing",
      ],
    ],
  ];
  for (const [stack, problems] of refusals)
    it(`refuses a stack that is ${stack}, and says so in one message`, async () => {
      const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
      const lines = [
        `stack organization/strongroom/${stack}: ${count}`,
        ...problems.map((line) => `  ${line}`),
      ];
      await assert.rejects(read(stack), (error: unknown) => {
        assert.ok(error instanceof ConfigurationError);
        assert.equal(error.message, lines.join("\n"));
        return true;
      });
    });

  it("can be read from plain JSON", () => {
    assert.deepEqual(readContract("local", JSON.parse(JSON.stringify(contract))), contract);
  });
});
