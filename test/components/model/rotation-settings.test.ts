import { strict as assert } from "assert";
import {
  parseRotationSettings,
  renderRotationSettings,
  RotationSettings,
} from "../../../components/model/rotation-settings";

describe("the settings of a rotation function", () => {
  it("are read back as they were written", () => {
    const value: RotationSettings = {
      strategy: "alternating-users",
      secretArn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-??????",
      adminSecretArn: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/database-admin-??????",
      seed: {
        engine: "postgres",
        host: "db",
        port: 5432,
        dbname: "orders",
        username: "orders",
        masterarn: "arn",
      },
      password: { length: 40, excludeCharacters: "/" },
      tls: { mode: "verify-ca", caFile: "/opt/ca.pem", caPem: "pem" },
      hostAliases: [["db", "db.internal"]],
    };
    assert.deepEqual(parseRotationSettings(renderRotationSettings(value)), { ok: true, value });
  });

  const refused: Record<string, { text: string | undefined; problems: string[] }> = {
    nothing: { text: undefined, problems: ["STRONGROOM_ROTATION is not set"] },
    "text that is no JSON": { text: "{", problems: ["STRONGROOM_ROTATION is not JSON"] },
    "a list": { text: "[]", problems: ["settings must be an object"] },
    "every mistake at once": {
      text: JSON.stringify({
        ...{
          strategy: "none",
          secretArn: 1,
          password: { length: 8, excludeCharacters: [] },
          hostAliases: ["db"],
        },
        ...{ seed: { engine: "", host: "db", port: 0, password: "p" }, tls: { mode: "prefer", caFile: 1 } },
      }),
      problems: [
        "strategy: expected one of single-user, alternating-users, dual-password, superuser-managed",
        "secretArn: expected a string",
        "seed.engine: expected a non-empty string",
        "seed.username: expected a non-empty string",
        "seed.port: expected a number from 1 to 65535",
        "seed.password: not allowed, the password is generated",
        "password.length: expected 16 to 128",
        "password.excludeCharacters: expected a string",
        "tls.mode: expected one of verify-full, verify-ca, require, disable",
        "tls.caFile: expected a string",
        "hostAliases: expected a list of lists of host names",
      ],
    },
    "sections that are no objects": {
      text: JSON.stringify({ strategy: "single-user", seed: 1, tls: [] }),
      problems: ["seed: expected an object", "tls: expected an object"],
    },
  };
  for (const [what, { text, problems }] of Object.entries(refused)) {
    it(`are refused with ${what}`, () => {
      const parsed = parseRotationSettings(text);
      assert.deepEqual(parsed, { ok: false, problems });
    });
  }
});
