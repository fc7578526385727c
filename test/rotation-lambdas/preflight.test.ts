import { strict as assert } from "assert";
import { createServer } from "net";
import { RotationSettings } from "../../components/model/rotation-settings";
import { CheckName, PreflightReport } from "../../rotation-lambdas/check-report";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { CrashRecorder } from "../../rotation-proof/crash-recorder";
import { ProofCloud } from "../../rotation-proof/proof-cloud";
import { SubjectServer } from "../../rotation-proof/subject";
import { ProofPostgres, startProofPostgres } from "../../rotation-proof/servers/postgres";
import { postgresSubject } from "../../rotation-proof/subjects/postgres";
import { Circumstances, Trial } from "../../rotation-proof/trial";

describe("the check of a rotation function", function () {
  this.timeout(60_000);
  let postgres: ProofPostgres;
  let server: SubjectServer;
  let cloud: ProofCloud;
  let cases = 0;

  before(async () => {
    cloud = await ProofCloud.start();
    postgres = await startProofPostgres();
    const shared = async () => ({ ...postgres, stop: async () => undefined });
    server = await postgresSubject("alternating-users", alternatingUsers, shared).start();
  });
  after(async () => {
    await server.stop();
    await postgres.stop();
    await cloud.stop();
  });

  async function trialOf(change: object = {}) {
    const trial = await Trial.prepare(cloud, server, { name: `check_${++cases}` });
    const value = JSON.parse((await trial.value("AWSCURRENT"))!);
    if (Object.keys(change).length > 0) await cloud.put(trial.subject.secretArn, { ...value, ...change });
    return { trial, arn: trial.subject.secretArn, value };
  }

  async function check(trial: Trial, circumstances: Circumstances = {}): Promise<PreflightReport> {
    const code = trial.code(new CrashRecorder(), circumstances);
    const event = { Step: "check", SecretId: trial.subject.secretArn };
    return (await code(event as any)) as PreflightReport;
  }

  /** Name -> code, of those that failed. */
  function failures({ checks }: PreflightReport): Partial<Record<CheckName, string>> {
    const failed = checks.filter(({ result }) => result === "failed");
    return Object.fromEntries(failed.map(({ name, code }) => [name, code]));
  }

  const detailOf = ({ checks }: PreflightReport, name: CheckName) =>
    checks.find((one) => one.name === name)?.detail;

  it("passes all when everything is as it should be, and changes nothing", async () => {
    const { trial, arn } = await trialOf();
    const before = [await cloud.stages(arn), postgres.logged(), await trial.value("AWSCURRENT")];
    const report = await check(trial);
    const others = report.checks.filter(({ result }) => result !== "passed");
    // Neither the user nor its administrator is a superuser, and the server shows nobody else which libraries it has.
    assert.deepEqual(
      others.map(({ name, result, code }) => ({ name, result, code })),
      [{ name: "password policy", result: "unknown", code: undefined }],
    );
    assert.match(detailOf(report, "password policy")!, /^cannot tell: the server does not show its policy/);
    assert.deepEqual([await cloud.stages(arn), await trial.value("AWSCURRENT")], [before[0], before[2]]);
    assert.doesNotMatch(postgres.log(before[1] as number), /CREATE|ALTER|GRANT/);
    assert.equal(JSON.stringify(report).includes(JSON.parse(before[2] as string).password), false);
  });

  for (const [action, name] of Object.entries({
    DescribeSecret: "describe permission",
    GetSecretValue: "read permission and key",
    PutSecretValue: "store permission",
    UpdateSecretVersionStage: "promote permission",
  })) {
    it(`names the missing permission ${action}`, async () => {
      const { trial, arn } = await trialOf();
      const statement = { Effect: "Deny", Principal: "*", Action: `secretsmanager:${action}`, Resource: "*" };
      const ResourcePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      await cloud.call("PutResourcePolicy", { SecretId: arn, ResourcePolicy });
      const report = await check(trial);
      assert.deepEqual(failures(report), { [name]: "permission" });
      assert.equal(detailOf(report, name as CheckName), `Secrets Manager ${action}: AccessDeniedException`);
    });
  }

  it("names a blocked port, and tells it from one that does not answer", async () => {
    const silent = createServer((socket) => void socket.on("error", () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, "localhost", resolve));
    try {
      const { port } = silent.address() as { port: number };
      const blocked = await trialOf({ port: 9 });
      const unanswered = await trialOf({ port });
      assert.deepEqual(failures(await check(blocked.trial)), { "network port": "unreachable" });
      const report = await check(unanswered.trial, { remainingMs: 2000 });
      assert.deepEqual(failures(report), { "network port": "timeout" });
      assert.equal(report.checks.find(({ name }) => name === "login")?.result, "unknown");
    } finally {
      silent.close();
    }
  });

  it("names weak TLS settings", async () => {
    const { trial } = await trialOf();
    const settings: RotationSettings = { ...trial.subject.settings, tls: { mode: "require" } };
    assert.deepEqual(failures(await check(trial, { settings })), { "TLS settings": "tls" });
  });

  it("names a login that is refused, an engine of another kind, and a value without its fields", async () => {
    const refused = await trialOf({ password: "not-the-password" });
    const other = await trialOf({ engine: "mysql" });
    const empty = await trialOf({ username: "" });
    assert.deepEqual(failures(await check(refused.trial)), { login: "authentication" });
    assert.deepEqual(failures(await check(other.trial)), { "password settings": "unsupported" });
    assert.deepEqual(failures(await check(empty.trial)), { "secret value": "invalid-secret" });
  });

  it("names an administrator without the right to change the user, and one that is missing", async () => {
    const { trial, value } = await trialOf();
    await postgres.sql(`REVOKE ${value.username} FROM proof_admin CASCADE`);
    const report = await check(trial);
    assert.deepEqual(failures(report), { "change rights": "permission" });
    assert.match(detailOf(report, "change rights")!, /needs CREATEROLE and: GRANT/);
    const missing = await trialOf({ masterarn: undefined });
    assert.deepEqual(failures(await check(missing.trial)), { "change rights": "invalid-secret" });
  });

  it("names a version that an earlier rotation left behind", async () => {
    const { trial, arn, value } = await trialOf();
    const input = { SecretId: arn, SecretString: JSON.stringify(value), VersionStages: ["AWSPENDING"] };
    await cloud.call("PutSecretValue", {
      ...input,
      ClientRequestToken: "leftover-leftover-leftover-leftover",
    });
    assert.deepEqual(failures(await check(trial)), { "leftover version": "conflict" });
  });

  it("refuses the ARN of a secret that the function is not for", async () => {
    const { trial } = await trialOf();
    const settings = { ...trial.subject.settings, secretArn: "arn:aws:secretsmanager:eu-west-1:1:secret:x" };
    await assert.rejects(check(trial, { settings }), { message: /^check failed \(policy-refused\)/ });
  });
});
