import { strict as assert } from "assert";
import { ActionClass, MANAGED_KEY } from "../../../iam/proof";
import { operationsOf } from "../../../iam/proof/operations";
import { WorldIndex } from "../../../iam/proof/world-index";
import { secret, SECRETS, world } from "./access-worlds";

const index = new WorldIndex(world());
const FUNCTION = `arn:aws:lambda:eu-west-1:${SECRETS}:function:rotate`;

/** Each operation with its requests; those for the caller in brackets. */
function operations(kind: ActionClass, given: Parameters<typeof secret>[1] = {}): readonly string[] {
  return operationsOf(kind, secret([], given).copies[0]!, index).map(({ operation, frames }) => {
    const requests = frames.map(({ action, route }) => (route === "direct" ? action : `(${action})`));
    return `${operation}: ${requests.join(" ")}`;
  });
}

const READ = "GetSecretValue: secretsmanager:GetSecretValue (kms:Decrypt)";
const OF_SECRET = [
  "PutResourcePolicy: secretsmanager:PutResourcePolicy",
  "DeleteResourcePolicy: secretsmanager:DeleteResourcePolicy",
  "ReplicateSecretToRegions: secretsmanager:ReplicateSecretToRegions (kms:Decrypt)",
];
const OF_KEY = ["PutKeyPolicy: kms:PutKeyPolicy", "CreateGrant: kms:CreateGrant"];
const replica = { primaryRegion: "eu-central-1" };

describe("the operations on a copy of a secret", () => {
  const cases: readonly {
    readonly name: string;
    readonly kind: ActionClass;
    readonly given?: Parameters<typeof secret>[1];
    readonly found: readonly string[];
  }[] = [
    { name: "that read", kind: "read", found: [READ] },
    { name: "that read a replica", kind: "read", given: replica, found: [READ] },
    {
      name: "that write",
      kind: "write",
      found: [
        "PutSecretValue: secretsmanager:PutSecretValue (kms:GenerateDataKey) (kms:Decrypt)",
        "UpdateSecret: secretsmanager:UpdateSecret (kms:GenerateDataKey) (kms:Decrypt)",
        "UpdateSecretVersionStage: secretsmanager:UpdateSecretVersionStage",
      ],
    },
    { name: "that write a replica", kind: "write", given: replica, found: [] },
    { name: "that rotate", kind: "rotate", found: ["RotateSecret: secretsmanager:RotateSecret"] },
    {
      name: "that rotate with a function",
      kind: "rotate",
      given: { rotationFunction: FUNCTION },
      found: ["RotateSecret: secretsmanager:RotateSecret lambda:InvokeFunction"],
    },
    { name: "that rotate a replica", kind: "rotate", given: replica, found: [] },
    { name: "that change a policy", kind: "change-policy", found: [...OF_SECRET, ...OF_KEY] },
    { name: "that change a policy of a replica", kind: "change-policy", given: replica, found: OF_KEY },
    {
      name: "that change a policy of a primary that has replicas",
      kind: "change-policy",
      given: { primaryRegion: "eu-west-1" },
      found: [...OF_SECRET, ...OF_KEY],
    },
    {
      name: "that change a policy under the AWS managed key",
      kind: "change-policy",
      given: { key: MANAGED_KEY },
      found: OF_SECRET,
    },
    {
      name: "of writing do not invoke the function",
      kind: "write",
      given: { rotationFunction: FUNCTION },
      found: operations("write"),
    },
  ];
  for (const { name, kind, given, found } of cases) {
    it(name, () => assert.deepEqual(operations(kind, given), found));
  }

  it("ask for the function when it is of the caller's account", () => {
    const [rotating] = operationsOf("rotate", secret([], { rotationFunction: FUNCTION }).copies[0]!, index);
    assert.deepEqual(rotating!.frames[1], {
      action: "lambda:InvokeFunction",
      route: "direct",
      region: "eu-west-1",
      resource: { arn: FUNCTION, accountId: SECRETS },
      fixed: new Map([
        ["aws:requestedregion", "eu-west-1"],
        ["lambda:functionarn", FUNCTION],
      ]),
      free: new Map(),
      ofOwnAccountOnly: "else skip",
    });
  });

  it("know no account of a function that is not named by its ARN", () => {
    const [rotating] = operationsOf("rotate", secret([], { rotationFunction: "rotate" }).copies[0]!, index);
    assert.equal(rotating!.frames[1]!.resource.accountId, "");
  });
});
