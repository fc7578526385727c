import { strict as assert } from "assert";
import { Who } from "../../../iam/proof";
import { nameOf } from "../../../iam/proof/class-names";

describe("the name of a principal or class", () => {
  const cases: readonly (readonly [who: Who, name: string])[] = [
    [{ kind: "principal", arn: "arn:a", accountId: "1" }, "arn:a"],
    [{ kind: "others-of-account", accountId: "1" }, "others of 1"],
    [{ kind: "others-of-organization", organizationId: "o-a" }, "others-of-organization"],
    [{ kind: "any-aws-principal" }, "any-aws-principal"],
    [{ kind: "anonymous" }, "anonymous"],
    [{ kind: "federated", provider: "accounts.google.com" }, "federated accounts.google.com"],
    [{ kind: "aws-service", service: "lambda.amazonaws.com" }, "service lambda.amazonaws.com"],
    [{ kind: "aws-service" }, "service "],
  ];
  for (const [who, name] of cases) it(name, () => assert.equal(nameOf(who), name));
});
