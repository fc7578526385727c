import { strict as assert } from "assert";
import {
  isRegion,
  partitionOf,
  Regions,
  regionsProblems,
  secretsManagerHost,
} from "../../../components/model";

describe("Regions", () => {
  it("belong to partitions", () => {
    const names = ["eu-west-1", "cn-north-1", "us-gov-west-1"];
    assert.deepEqual(names.map(partitionOf), ["aws", "aws-cn", "aws-us-gov"]);
    assert.deepEqual(["eu-west-1", "eu-west-4", "EU-WEST-1", "eu-west-1a", ""].map(isRegion), [
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("name Secrets Manager as kms:ViaService does", () => {
    assert.equal(secretsManagerHost("eu-west-1"), "secretsmanager.eu-west-1.amazonaws.com");
    assert.equal(secretsManagerHost("cn-north-1"), "secretsmanager.cn-north-1.amazonaws.com.cn");
  });

  const sound: readonly Regions[] = [
    { primary: "eu-west-1", replicas: [] },
    { primary: "us-gov-west-1", replicas: ["us-gov-east-1"] },
  ];
  for (const regions of sound)
    it(`${JSON.stringify(regions)} go together`, () => assert.deepEqual(regionsProblems(regions), []));

  it("are refused each with its place", () => {
    const regions = { primary: "eu-west-1", replicas: ["nowhere", "eu-west-1", "us-gov-west-1"] };
    assert.deepEqual(regionsProblems(regions, "args.regions"), [
      { path: "args.regions.replicas[0]", expected: "a Region of AWS, such as eu-west-1", got: '"nowhere"' },
      { path: "args.regions.replicas[1]", expected: "a Region other than the primary", got: '"eu-west-1"' },
      { path: "args.regions.replicas[2]", expected: "a Region of partition aws", got: '"us-gov-west-1"' },
    ]);
  });
});
