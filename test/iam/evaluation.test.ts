import { strict as assert } from "assert";
import { prepareEvaluation } from "../../iam/evaluation";
import { ACCOUNT, KEY, read, user } from "./worlds";

describe("the prepared request", () => {
  it("has the action in lower case and the ARN in parts", () => {
    const request = read(
      user(),
      { "aws:key": "a" },
      { action: "KMS:Decrypt", resource: { arn: KEY, accountId: ACCOUNT } },
    );
    assert.deepEqual(prepareEvaluation(request, true), {
      principal: user(),
      action: "kms:decrypt",
      resourceArn: KEY,
      resourceSegments: [
        "arn",
        "aws",
        "kms",
        "eu-west-1",
        ACCOUNT,
        "key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ],
      context: { "aws:key": "a" },
      hasBoundary: true,
    });
  });

  it("has no parts for an action without resources", () => {
    const request = read(user(), {}, { resource: { arn: "*", accountId: ACCOUNT } });
    assert.equal(prepareEvaluation(request, false).resourceSegments, undefined);
  });
});
