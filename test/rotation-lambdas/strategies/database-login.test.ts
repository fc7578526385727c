import { strict as assert } from "assert";
import { DatabaseCredential } from "../../../components/model/credential";
import { RotationSettings } from "../../../components/model/rotation-settings";
import { Driver, Login } from "../../../rotation-lambdas/driver";
import { RotationError } from "../../../rotation-lambdas/rotation-error";
import { connectAsAdmin } from "../../../rotation-lambdas/strategies/database-login";
import { TimeBudget } from "../../../rotation-lambdas/time-budget";

const credential: DatabaseCredential = {
  ...{ engine: "postgres", host: "db.example", port: 5433, dbname: "orders", username: "app", password: "p" },
  ...{ masterarn: "arn:admin", extra: {} },
};
const adminLogin = { username: "admin", password: "a" };

/** Which logins were tried, with the administrator's secret as given. */
async function tryAdmin(
  secrets: { AWSCURRENT?: unknown; AWSPENDING?: unknown },
  settings: Partial<RotationSettings> = {},
  change: Partial<DatabaseCredential> = {},
  accepted = "a",
) {
  const tried: Login[] = [];
  const driver: Driver = {
    ...{ engines: ["postgres"], maxUsernameBytes: 63 },
    async connect(login) {
      tried.push(login);
      if (login.password !== accepted) throw new RotationError("authentication", "refused");
      return { changeOwnPassword: async () => undefined, close: async () => undefined };
    },
  };
  const result = await connectAsAdmin(
    driver,
    { ...credential, ...change },
    {
      settings: { strategy: "alternating-users", ...settings },
      budget: new TimeBudget(Date.now() + 5000),
      secretArn: "arn:own",
      versionId: "v2",
      readSecret: async (_, stage) => {
        const value = secrets[stage];
        if (value === undefined) return "absent";
        return typeof value === "string" ? value : JSON.stringify(value);
      },
    },
  ).then(
    () => "connected",
    ({ code, message }: RotationError) => `${code}: ${message}`,
  );
  return { tried, result };
}

describe("the administrator's login", () => {
  it("goes to the secret's own host, port and database", async () => {
    const { tried, result } = await tryAdmin({ AWSCURRENT: { ...adminLogin, host: "DB.example.", port: 1 } });
    assert.equal(result, "connected");
    assert.deepEqual(tried, [{ ...adminLogin, host: "db.example", port: 5433, database: "orders" }]);
  });

  it("is tried with AWSPENDING when AWSCURRENT is refused", async () => {
    const host = "db.example";
    const both = {
      AWSCURRENT: { ...adminLogin, host, password: "old" },
      AWSPENDING: { ...adminLogin, host },
    };
    const { tried, result } = await tryAdmin(both);
    assert.deepEqual([result, tried.map(({ password }) => password)], ["connected", ["old", "a"]]);
  });

  const refusals: Record<string, { input: Parameters<typeof tryAdmin>; expected: string }> = {
    "no masterarn": {
      input: [{}, {}, { masterarn: undefined as any }],
      expected: `invalid-secret: "masterarn" is missing: it names the administrator's secret`,
    },
    "the secret as its own administrator": {
      input: [{}, {}, { masterarn: "arn:own" }],
      expected: `invalid-secret: "masterarn" is the secret itself`,
    },
    "a masterarn that the settings do not allow": {
      input: [{}, { adminSecretArn: "arn:other-*" }],
      expected: `policy-refused: this function may not use the secret in "masterarn"`,
    },
    "an administrator without a value": {
      input: [{}],
      expected: "invalid-secret: the administrator's secret arn:admin has no value",
    },
    "an administrator's value that is no JSON": {
      input: [{ AWSCURRENT: "plain" }],
      expected: "invalid-secret: arn:admin: the secret value is not JSON",
    },
    "an administrator of another host": {
      input: [{ AWSCURRENT: { ...adminLogin, host: "evil.example" } }],
      expected: "policy-refused: the administrator's secret is for another host",
    },
    "an administrator without a host that the settings do not name": {
      input: [{ AWSCURRENT: adminLogin }],
      expected:
        `policy-refused: the administrator's secret holds no host: ` +
        `name it in the function's "adminSecretArn" to trust it`,
    },
  };
  for (const [what, { input, expected }] of Object.entries(refusals)) {
    it(`is never sent with ${what}`, async () => {
      assert.deepEqual(await tryAdmin(...input), { tried: [], result: expected });
    });
  }

  it("may have no host, or an alias of it, when the settings say so", async () => {
    const named = await tryAdmin({ AWSCURRENT: adminLogin }, { adminSecretArn: "arn:a????" });
    const hostAliases = [["db.example", "writer.example"]];
    const alias = await tryAdmin({ AWSCURRENT: { ...adminLogin, host: "writer.example" } }, { hostAliases });
    assert.deepEqual([named.result, alias.result], ["connected", "connected"]);
  });

  it("is told refused when no value of its secret is accepted", async () => {
    const { tried, result } = await tryAdmin(
      { AWSCURRENT: { ...adminLogin, host: "db.example" } },
      {},
      {},
      "x",
    );
    assert.equal(result, "authentication: the server refuses the administrator of arn:admin");
    assert.equal(tried.length, 2);
  });
});
