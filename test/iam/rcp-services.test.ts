import { strict as assert } from "assert";
import { RCP_SERVICES } from "../../iam/rcp-services";

describe("the services of resource control policies", () => {
  it("are those whose requests the platform makes, as far as AWS covers them", () => {
    const asked = ["secretsmanager", "kms", "sts", "s3", "sqs", "iam", "lambda", "ec2", "organizations", ""];
    assert.deepEqual(
      asked.filter((service) => RCP_SERVICES.has(service)),
      ["secretsmanager", "kms", "sts", "s3", "sqs"],
    );
  });

  it("are prefixes of actions, each in lower case", () => {
    assert.deepEqual(
      [...RCP_SERVICES].filter((service) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(service)),
      [],
    );
  });
});
