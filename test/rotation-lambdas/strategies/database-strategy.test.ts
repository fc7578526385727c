import { strict as assert } from "assert";
import { DatabaseCredential } from "../../../components/model/credential";
import { RotationSettings } from "../../../components/model/rotation-settings";
import { Driver } from "../../../rotation-lambdas/driver";
import { databasePayload } from "../../../rotation-lambdas/strategies/database-strategy";

const driver = { engines: ["postgres", "aurora-postgresql"], maxUsernameBytes: 8 } as unknown as Driver;
const payload = databasePayload(driver, (username) => `${username}_2`);
const settings: RotationSettings = { strategy: "single-user" };
const seed = { engine: "postgres", host: "db", port: 5432, username: "app", masterarn: "arn" };
const current: DatabaseCredential = { ...seed, dbname: "orders", password: "old", extra: { note: 1 } };

describe("the payload of a database secret", () => {
  it("keeps all but user and password in its next value", () => {
    const { password, ...next } = payload.next(current, settings);
    const { password: old, ...rest } = current;
    assert.deepEqual(next, { ...rest, username: "app_2" });
    assert.notEqual(password, old);
  });

  it("is seeded from the settings with a password of its own", () => {
    const { password, ...first } = payload.seed({ ...settings, seed, password: { length: 20 } });
    assert.deepEqual(first, { ...seed, extra: {} });
    assert.equal(password.length, 20);
  });

  const edits: Record<string, Partial<DatabaseCredential>> = {
    engine: { engine: "aurora-postgresql" },
    host: { host: "evil" },
    port: { port: 1 },
    dbname: { dbname: "other" },
    username: { username: "postgres" },
    masterarn: { masterarn: "arn:other" },
  };
  for (const [field, edit] of Object.entries(edits)) {
    it(`does not match when somebody edits ${field}`, () => {
      const pending = { ...payload.next(current, settings), ...edit };
      assert.deepEqual(payload.mismatches(pending, current, settings), [field]);
      const first = { ...payload.seed({ ...settings, seed }), ...edit };
      assert.deepEqual(payload.mismatches(first, undefined, { ...settings, seed }), [field]);
    });
  }

  it("matches what it makes itself", () => {
    assert.deepEqual(payload.mismatches(payload.next(current, settings), current, settings), []);
  });

  it("is refused without a seed, with another engine and with a name too long", () => {
    assert.throws(() => payload.seed(settings), { code: "invalid-secret" });
    assert.throws(() => payload.next({ ...current, engine: "mysql" }, settings), {
      code: "unsupported",
      message: `"engine" must be one of postgres, aurora-postgresql`,
    });
    const long = { ...seed, username: "ninebytes" };
    assert.throws(() => payload.seed({ ...settings, seed: long }), { code: "unsupported" });
  });
});
