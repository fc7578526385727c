import { strict as assert } from "assert";
import { proveAccess } from "../../../iam/proof";
import { regionsOf } from "../../../iam/proof/regions";
import { allow, attached } from "../worlds";
import { mayRead, role, SECRETS, world } from "./access-worlds";

const where = (Resource: string | string[]) => attached("p", allow({ Action: "lambda:*", Resource }));

describe("Regions in which somebody may make something", () => {
  it("are those of the secrets and those that principals' policies name", () => {
    const asking = attached(
      "p",
      allow({ Condition: { StringEquals: { "aws:RequestedRegion": ["us-gov-west-1", "eu-*"] } } }),
    );
    const principals = [
      role("a", {
        identity: [where(["arn:aws:lambda:us-west-2:1:function:f", "arn:aws:lambda:*:1:x", "*"])],
      }),
      role("b", { identity: [asking, { source: "later", unknown: "not made" }] }),
    ];
    assert.deepEqual(regionsOf(world({ principals })), ["eu-west-1", "us-west-2", "us-gov-west-1"]);
  });

  it("are the one of IAM where nothing is known", () =>
    assert.deepEqual(regionsOf(world({ secrets: [], principals: [] })), ["us-east-1"]));

  it("count for a role that is passed there", () => {
    const trust = attached("trust policy", {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    });
    const reader = role("reader", { accountId: SECRETS, identity: [mayRead], trust });
    const abroad = where(`arn:aws:lambda:us-west-2:${SECRETS}:function:*`);
    const pass = attached("q", allow({ Action: "iam:PassRole", Resource: reader.arn }));
    const actor = role("x", { accountId: SECRETS, identity: [abroad, pass] });
    const { indirect } = proveAccess(world({ principals: [reader, actor] })).secret("orders/database");
    assert.deepEqual(
      indirect.map(({ path }) => path.map(({ by }) => by)),
      [["iam:PassRole and lambda:CreateFunction"]],
    );
  });
});
