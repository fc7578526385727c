import { strict as assert } from "assert";
import { AwsClients } from "../../../cli/rotation/aws-clients";
import { checkSecret } from "../../../cli/rotation/check-secret";

/** Clients of which Secrets Manager describes a secret so, and Lambda answers a check so. */
function clients(described: object, invoked: object | Error = {}): AwsClients {
  const secrets = { send: async () => described };
  const lambda = {
    send: async () => {
      if (invoked instanceof Error) throw invoked;
      return invoked;
    },
  };
  return { region: "eu-west-1", secrets, lambda } as unknown as AwsClients;
}

const secret = { ARN: "arn:a", RotationLambdaARN: "arn:f" };
const refusal = Object.assign(new Error("no"), { name: "AccessDeniedException", $metadata: {} });

describe("the check of a secret ends with one line", () => {
  const cases: Readonly<Record<string, readonly [AwsClients, string]>> = {
    "when a service rotates it": [
      clients({ ARN: "arn:a", OwningService: "rds" }),
      "rds rotates a itself: there is nothing to check",
    ],
    "when nothing rotates it": [
      clients({ ARN: "arn:a" }),
      "no function rotates a: give it one with RotateSecret",
    ],
    "when its function may not be invoked": [
      clients(secret, refusal),
      "arn:f cannot be invoked: you need lambda:InvokeFunction on it",
    ],
    "when its function is not Strongroom's": [
      clients(secret, { Payload: Buffer.from("null") }),
      "arn:f does not answer checks: it is no function of Strongroom's",
    ],
    "when its function answers no JSON": [
      clients(secret, { Payload: Buffer.from("hello") }),
      "arn:f does not answer checks: it is no function of Strongroom's",
    ],
    "when its function fails": [
      clients(secret, {
        FunctionError: "Unhandled",
        Payload: Buffer.from('{"errorMessage":"out of memory"}'),
      }),
      "the function failed: out of memory",
    ],
  };
  for (const [what, [given, expected]] of Object.entries(cases)) {
    it(what, async () => {
      await assert.rejects(checkSecret(given, "a"), {
        name: "CommandFailure",
        message: `rotation: ${expected}`,
      });
    });
  }

  it("and says that a defect is one", async () => {
    const defect = new TypeError("undefined is not a function");
    await assert.rejects(checkSecret(clients(secret, defect), "a"), defect);
  });
});
