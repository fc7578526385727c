import { strict as assert } from "assert";
import { symbolFor } from "../../../iam/proof";
import { allow, attached } from "../worlds";
import { role, secret, SECRET, world } from "./access-worlds";
import { pairIn } from "./pairs";

describe("one caller and one request", () => {
  it("are prepared for the documents, without context", () => {
    const { evaluation, frame, subject, resourceHasSymbol } = pairIn();
    assert.deepEqual(evaluation, {
      principal: subject.principal,
      action: "secretsmanager:getsecretvalue",
      resourceArn: SECRET,
      resourceSegments: [
        "arn",
        "aws",
        "secretsmanager",
        "eu-west-1",
        "111111111111",
        "secret:orders/database-AbCdEf",
      ],
      context: {},
      hasBoundary: false,
    });
    assert.deepEqual([frame.resource.arn, resourceHasSymbol], [SECRET, false]);
  });

  it("know of a boundary and of a resource that is not known yet", () => {
    const arn = SECRET.replace("AbCdEf", symbolFor({ of: "suffix of pair", shape: "??????" }));
    const bounded = role("api", { boundary: attached("boundary", allow()) });
    const { evaluation, resourceHasSymbol } = pairIn(world({ secrets: [secret([], { arn })] }), bounded);
    assert.deepEqual([evaluation.hasBoundary, resourceHasSymbol], [true, true]);
  });
});
