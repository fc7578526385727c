import { strict as assert } from "assert";
import { databaseHandler } from "../../rotation-lambdas/database-handler";
import { Driver } from "../../rotation-lambdas/driver";

const driver = {} as Driver;

describe("the handler of a database", () => {
  it("tells every problem of its settings when the function starts", () => {
    const STRONGROOM_ROTATION = `{"strategy":"none","tls":{"mode":"prefer"}}`;
    assert.throws(() => databaseHandler(() => driver, { STRONGROOM_ROTATION }), {
      message:
        "STRONGROOM_ROTATION: strategy: expected one of single-user, alternating-users, dual-password, " +
        "superuser-managed; tls.mode: expected one of verify-full, verify-ca, require, disable",
    });
    assert.throws(() => databaseHandler(() => driver, {}), /STRONGROOM_ROTATION is not set/);
  });

  it("refuses a foreign secret before it needs credentials or a network", async () => {
    const settings = { strategy: "single-user", secretArn: "arn:one" };
    const handler = databaseHandler(() => driver, { STRONGROOM_ROTATION: JSON.stringify(settings) });
    const event = { Step: "createSecret", SecretId: "arn:two", ClientRequestToken: "t" };
    const write = process.stdout.write;
    process.stdout.write = () => true;
    const result = await handler(event, { getRemainingTimeInMillis: () => 1000 }).then(
      () => "done",
      (error: Error) => error.message,
    );
    process.stdout.write = write;
    assert.equal(result, "createSecret failed (policy-refused): this function may not rotate this secret");
  });
});
