import { strict as assert } from "assert";
import { AddressInfo, createServer, Server } from "net";
import { TLSSocket } from "tls";
import { makeCertificates } from "../../local/postgres";
import { quoteIdentifier } from "../../rotation-lambdas/drivers/postgres/quoting";
import { scramVerifier } from "../../rotation-lambdas/drivers/postgres/scram-verifier";
import { RotationSettings } from "../../components/model/rotation-settings";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { CrashRecorder } from "../../rotation-proof/crash-recorder";
import { checkNothingLeaked } from "../../rotation-proof/invariants";
import { ProofCloud } from "../../rotation-proof/proof-cloud";
import { ProofPostgres, startProofPostgres } from "../../rotation-proof/servers/postgres";
import { SubjectServer } from "../../rotation-proof/subject";
import { postgresSubject } from "../../rotation-proof/subjects/postgres";
import { Trial } from "../../rotation-proof/trial";

type Value = Record<string, any>;

const strategies = { "single-user": singleUser, "alternating-users": alternatingUsers } as const;
type StrategyName = keyof typeof strategies;

describe("bad input, on a real PostgreSQL", function () {
  this.timeout(60_000);
  let postgres: ProofPostgres;
  let cloud: ProofCloud;
  const servers = {} as Record<StrategyName, SubjectServer>;
  let cases = 0;

  before(async () => {
    cloud = await ProofCloud.start();
    postgres = await startProofPostgres();
    const shared = async () => ({ ...postgres, stop: async () => undefined });
    for (const name of Object.keys(strategies) as StrategyName[]) {
      servers[name] = await postgresSubject(name, strategies[name], shared).start();
    }
  });
  after(async () => {
    for (const server of Object.values(servers)) await server.stop();
    await postgres.stop();
    await cloud.stop();
  });

  async function trialOf(strategy: StrategyName) {
    const trial = await Trial.prepare(cloud, servers[strategy], { name: `bad_${++cases}` });
    return {
      trial,
      arn: trial.subject.secretArn,
      good: JSON.parse((await trial.value("AWSCURRENT"))!) as Value,
    };
  }

  /** One rotation. @returns the code of its failed step, the message, and the statements that changed something */
  async function rotate(trial: Trial, settings?: Partial<RotationSettings>, remainingMs?: number) {
    const since = postgres.logged();
    const circumstances = { settings: { ...trial.subject.settings, ...settings }, remainingMs };
    const code = trial.code(new CrashRecorder(), circumstances);
    const { attempt } = await cloud.rotate(trial.subject.secretArn, code);
    const report = JSON.parse(trial.written.filter((text) => text.startsWith("{")).at(-1) ?? "{}");
    const statements = /statement: (CREATE|ALTER|GRANT|REVOKE|REASSIGN|DROP) .*/g;
    const changes: readonly string[] = postgres.log(since).match(statements) ?? [];
    return { attempt, code: report.code, message: report.message as string, changes };
  }

  async function assertRefused(
    { trial, good }: { trial: Trial; good: Value },
    result: Awaited<ReturnType<typeof rotate>>,
    expected: { code: string; message: RegExp },
  ) {
    assert.deepEqual([result.code, result.attempt], [expected.code, "failed"], result.message);
    assert.match(result.message, expected.message);
    assert.deepEqual(result.changes, []);
    assert.equal(await trial.subject.logIn(JSON.stringify(good)), true, "the user's password was changed");
    assert.deepEqual(await checkNothingLeaked(trial, "here"), []);
  }

  describe("a value that cannot be used", () => {
    interface Case {
      readonly value: (good: Value) => string | Value;
      readonly strategy?: StrategyName;
      readonly code: string;
      readonly message: RegExp;
    }
    const invalid = (message: RegExp, value: Case["value"], strategy?: StrategyName): Case => ({
      ...{ code: "invalid-secret", message, value },
      ...(strategy ? { strategy } : {}),
    });
    const table: Record<string, Case> = {
      "no JSON": invalid(/not JSON/, ({ password }) => `password=${password}`),
      "a JSON array": invalid(/not a JSON object/, ({ password }) => JSON.stringify([password])),
      "no engine": invalid(/"engine" must be a non-empty string/, ({ engine: _, ...rest }) => rest),
      "no host": invalid(/"host" must be/, ({ host: _, ...rest }) => rest),
      "no user name": invalid(/"username" must be/, ({ username: _, ...rest }) => rest),
      "no password": invalid(/"password" must be/, ({ password: _, ...rest }) => rest),
      "an empty user name": invalid(/"username" must be/, (good) => ({ ...good, username: "" })),
      "a port that is no port": invalid(/"port" must be a number/, (good) => ({ ...good, port: "54x" })),
      "no masterarn": invalid(
        /"masterarn" is missing/,
        ({ masterarn: _, ...rest }) => rest,
        "alternating-users",
      ),
      "itself as its administrator": {
        ...{ code: "invalid-secret", message: /"masterarn" is the secret itself/ },
        ...{ strategy: "alternating-users", value: (good) => ({ ...good, masterarn: "SELF" }) },
      },
      "an engine of another kind": {
        ...{ code: "unsupported", message: /"engine" must be one of postgres/ },
        value: (good) => ({ ...good, engine: "oracle" }),
      },
      "a database that does not exist": invalid(/database does not exist/, (good) => ({
        ...{ ...good, dbname: "nowhere" },
      })),
      "a user of 64 bytes": {
        ...{ code: "unsupported", message: /would have 64 bytes/ },
        value: (good) => ({ ...good, username: "u".repeat(64) }),
      },
      "a user whose clone would have 64 bytes": {
        ...{ code: "unsupported", message: /would have 64 bytes/, strategy: "alternating-users" },
        value: (good) => ({ ...good, username: "u".repeat(58) }),
      },
      "a user with a NUL": {
        ...{ code: "unsupported", message: /without NUL/ },
        value: (good) => ({ ...good, username: "a\0b" }),
      },
      "a password that the server refuses": {
        ...{ code: "authentication", message: /refuses the pending, the current and the previous/ },
        value: (good) => ({ ...good, password: "not the password" }),
      },
    };
    for (const [what, { value, strategy = "single-user", code, message }] of Object.entries(table)) {
      it(`is refused: ${what}`, async () => {
        const started = await trialOf(strategy);
        const bad = value(started.good);
        const put = JSON.stringify(bad).includes("SELF")
          ? { ...(bad as Value), masterarn: started.arn }
          : bad;
        await cloud.put(started.arn, put);
        // Once more, or AWSPREVIOUS would still be the value that works.
        await cloud.put(started.arn, put);
        await assertRefused(started, await rotate(started.trial), { code, message });
      });
    }

    it("is mended by the value before it: a current password that the server refuses", async () => {
      const { trial, arn, good } = await trialOf("single-user");
      await cloud.put(arn, { ...good, password: "not the password" });
      assert.deepEqual((await rotate(trial)).attempt, "succeeded");
      assert.equal(await trial.subject.logIn((await trial.value("AWSCURRENT"))!), true);
    });

    it("takes a port that is written as a string", async () => {
      const { trial, arn, good } = await trialOf("single-user");
      await cloud.put(arn, { ...good, port: String(good["port"]) });
      assert.deepEqual((await rotate(trial)).attempt, "succeeded");
    });
  });

  describe("a user with a hostile name", () => {
    const names: Record<string, string> = {
      quotes: `o"x'y`,
      backslashes: "back\\slash\\'",
      "upper case": "MixedCase",
      spaces: " leading and trailing ",
      Unicode: "änne_ﬀ_😀",
      SQL: `x"; ALTER ROLE postgres PASSWORD 'owned'; --`,
      "63 bytes": "l".repeat(63),
      "the suffix of a clone": "app_of_clone",
      "a word of SQL": "select",
    };
    for (const [what, base] of Object.entries(names)) {
      for (const strategy of Object.keys(strategies) as StrategyName[]) {
        if (strategy === "alternating-users" && what === "63 bytes") continue;
        it(`rotates by ${strategy}: ${what}`, async () => {
          const { trial, arn, good } = await trialOf(strategy);
          const username = what === "63 bytes" ? base : strategy === "single-user" ? `${base}1` : `${base}2`;
          const name = quoteIdentifier(username);
          await postgres.sql(`CREATE ROLE ${name} LOGIN PASSWORD '${scramVerifier("first-password-1")}'`);
          await postgres.sql(`GRANT ${name} TO proof_admin WITH ADMIN OPTION`);
          await cloud.put(arn, { ...good, username, password: "first-password-1" });
          for (let turn = 0; turn < 2; turn++) {
            const { attempt, message } = await rotate(trial);
            assert.equal(attempt, "succeeded", message);
            assert.equal(await trial.subject.logIn((await trial.value("AWSCURRENT"))!), true);
          }
          assert.equal(JSON.parse((await trial.value("AWSCURRENT"))!).username, username);
          assert.deepEqual(await checkNothingLeaked(trial, "here"), []);
        });
      }
    }

    it("keeps to the objects of two users whose groups, schemas and tables are named to inject SQL", async () => {
      const { trial, good } = await trialOf("alternating-users");
      const user = quoteIdentifier(good["username"]);
      const evil = quoteIdentifier(`e"; DROP TABLE victims; --'${cases}`);
      await postgres.sql(`CREATE TABLE IF NOT EXISTS victims (id int);
        CREATE ROLE ${evil}; GRANT ${evil} TO ${user}; CREATE SCHEMA ${evil} AUTHORIZATION ${user};
        CREATE TABLE ${evil}.${evil} (${evil} int)`);
      assert.equal((await rotate(trial)).attempt, "succeeded");
      // The clone owns a table of such a name, which is to be handed over.
      const clone = quoteIdentifier(`${good["username"]}_clone`);
      await postgres.sql(
        `ALTER TABLE ${evil}.${evil} OWNER TO ${clone}; GRANT SELECT ON victims TO ${clone}`,
      );
      await rotate(trial);
      const [row] = await postgres.sql("SELECT to_regclass('victims')::text AS name");
      assert.equal(row.name, "victims");
    });
  });

  describe("a server that is not what it should be", () => {
    interface FakeServer {
      readonly port: number;
      /** Everything that came after the handshake, in the clear. */
      readonly received: () => string;
      readonly close: () => Promise<void>;
    }

    /** Speaks PostgreSQL up to TLS. @param certificate none: it has no TLS */
    async function fake(
      host: string,
      certificate?: { certificate: string; key: string },
    ): Promise<FakeServer> {
      const received: Buffer[] = [];
      const server: Server = createServer((socket) => {
        socket.on("error", () => undefined);
        socket.once("data", () => {
          socket.write(certificate ? "S" : "N");
          if (!certificate) return void socket.on("data", (data) => received.push(data));
          const { certificate: cert, key } = certificate;
          const tls = new TLSSocket(socket, { isServer: true, cert, key });
          tls.on("error", () => undefined).on("data", (data) => received.push(data));
        });
      });
      await new Promise<void>((resolve) => server.listen(0, host, resolve));
      return {
        port: (server.address() as AddressInfo).port,
        received: () => Buffer.concat(received).toString("latin1"),
        close: () => new Promise((resolve) => server.close(() => resolve())),
      };
    }

    const long = 11 * 365 * 86_400_000;
    const table: Record<
      string,
      { host?: string; now?: Date; trusts: boolean; hasTls?: boolean; message: RegExp }
    > = {
      "a certificate of another host": { host: "127.0.0.2", trusts: true, message: /ALTNAME/ },
      "an expired certificate": { now: new Date(Date.now() - long), trusts: true, message: /EXPIRED/ },
      "a certificate of an authority that nobody trusts": { trusts: false, message: /UNABLE|SELF_SIGNED/ },
      "no TLS": { trusts: true, hasTls: false, message: /the server offers none/ },
    };
    for (const [what, { host = "127.0.0.1", now, trusts, hasTls = true, message }] of Object.entries(table)) {
      it(`is refused: ${what}`, async () => {
        const started = await trialOf("single-user");
        const { authority, ...certificate } = makeCertificates(now);
        const server = await fake(host, hasTls ? certificate : undefined);
        await cloud.put(started.arn, { ...started.good, host, port: server.port });
        const tls = { mode: "verify-full", ...(trusts ? { caPem: authority } : {}) } as const;
        const result = await rotateOver(started.trial, tls);
        await assertRefused(started, result, { code: "tls", message });
        assert.equal(server.received(), "", "something was sent to a server that is not trusted");
        await server.close();
      });
    }

    /** A rotation whose driver has these settings of TLS. */
    async function rotateOver(trial: Trial, tls: RotationSettings["tls"]) {
      const { postgresDriver, connectByPg } = await import("../../rotation-lambdas/drivers/postgres");
      const strategy = () => singleUser(postgresDriver(connectByPg(tls)));
      Object.assign(trial.subject, { strategy });
      return rotate(trial, { tls });
    }

    it("is refused: a read replica", async () => {
      const started = await trialOf("single-user");
      await postgres.sql(`ALTER ROLE ${started.good["username"]} SET default_transaction_read_only = on`);
      const result = await rotate(started.trial);
      const changes = result.changes.filter((text) => !text.includes("PASSWORD 'SCRAM"));
      const expected = { code: "unsupported", message: /the server is read-only: use the writer's host/ };
      await assertRefused(started, { ...result, changes }, expected);
    });

    it("is refused: one without a free connection", async () => {
      const started = await trialOf("single-user");
      await postgres.sql(`ALTER ROLE ${started.good["username"]} CONNECTION LIMIT 0`);
      const result = await rotate(started.trial);
      await postgres.sql(`ALTER ROLE ${started.good["username"]} CONNECTION LIMIT -1`);
      // The pending password is refused before the limit is looked at; the current one is not.
      await assertRefused(started, result, { code: "unreachable", message: /no free connection/ });
    });

    it("is refused: one whose administrator is for another host", async () => {
      const started = await trialOf("alternating-users");
      const admin = JSON.parse((await cloud.value(started.good["masterarn"], { stage: "AWSCURRENT" }))!);
      await cloud.put(started.good["masterarn"], { ...admin, host: "db.other.example.com" });
      const expected = { code: "policy-refused", message: /administrator's secret is for another host/ };
      await assertRefused(started, await rotate(started.trial), expected);
    });

    it("is refused: a superuser that would get a twin", async () => {
      const started = await trialOf("alternating-users");
      await postgres.sql(`ALTER ROLE ${started.good["username"]} SUPERUSER`);
      const result = await rotate(started.trial);
      await assertRefused(started, result, { code: "policy-refused", message: /superuser/ });
    });
  });

  for (const strategy of Object.keys(strategies) as StrategyName[]) {
    it(`has at most one refused login a rotation by ${strategy}, so that no account is locked`, async () => {
      const { trial } = await trialOf(strategy);
      for (let turn = 0; turn < 3; turn++) {
        const since = postgres.logged();
        await rotate(trial);
        const refused = postgres.log(since).match(/password authentication failed/g) ?? [];
        assert.ok(refused.length <= 1, `${refused.length} refused logins`);
        const counts = trial.written.filter((text) => text.startsWith("{")).slice(-4);
        assert.deepEqual(
          counts.map((text) => JSON.parse(text).Failures),
          [0, 0, 0, 0],
        );
      }
    });
  }
});
