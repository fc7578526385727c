import { strict as assert } from "assert";
import { rmSync, writeFileSync } from "fs";
import { join } from "path";
import { checkCommand } from "../../../cli/check";
import { CheckResult } from "../../../cli/check/finding";
import { evidenceCommand } from "../../../cli/evidence";
import { PackEngine, startPackEngine } from "../../policies/support/real-engine";
import { plainProgram } from "../../policies/support/plain-program";
import { recordedIo } from "../../support/command-io";

const value = "correct horse battery staple";
const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

/** A waiver as a user writes it: YAML, its day without quotes. */
function waiver(rule: string, urn: string, fingerprint: string, expires = soon): string {
  return `  - rule: ${rule}
    urn: "${urn}"
    fingerprint: "${fingerprint}"
    reason: The vendor changes it by hand
    owner: payments
    ticket: SEC-12
    expires: ${expires}
`;
}

describe("strongroom check on the real engine", function () {
  this.timeout(180_000);
  let engine: PackEngine;

  before(async function () {
    const started = await startPackEngine();
    if (started === undefined) return this.skip();
    engine = started;
  });
  after(() => engine?.close());

  async function check(...args: readonly string[]) {
    const io = recordedIo(engine.folder, { ...engine.env, PATH: "/nowhere" });
    const code = await checkCommand(["--policy-pack", "policies", "--format", "json", ...args], io);
    const errors = io.errors.filter((line) => !/ s …$/.test(line)).join("\n");
    return { code, errors, ...(code === 2 ? {} : (JSON.parse(io.written()) as Partial<CheckResult>)) };
  }

  const of = (result: Partial<CheckResult>, rule: string) =>
    (result.findings ?? []).filter((one) => one.rule === rule);

  it("previews a program; plain pulumi hides by the same waivers, and never what is public", async () => {
    writeFileSync(join(engine.folder, "program/index.js"), plainProgram);
    const first = await check("--cwd", "program");
    assert.equal(first.code, 1, first.errors);
    const [rotation] = of(first, "secret-rotation-configured");
    const open = of(first, "secret-policy-not-public").find(({ fingerprint }) =>
      /^public-/.test(fingerprint),
    );
    assert.ok(rotation !== undefined && open !== undefined);
    const file = join(engine.folder, "policies/strongroom-waivers.yaml");
    const anyStack = rotation.urn.replace(":dev::", ":*::");
    const forged = open.fingerprint.replace("public-", "");
    writeFileSync(
      file,
      `waivers:\n${waiver(rotation.rule, anyStack, rotation.fingerprint)}` +
        `${waiver(open.rule, open.urn, forged)}${waiver("key-rotation", "urn:pulumi:prod::*::other", forged)}`,
    );
    try {
      const { found } = await engine.preview(plainProgram, {});
      const by = (policy: string) =>
        found.filter((one) => one.policy === policy).map(({ message }) => message);
      assert.deepEqual(by("secret-rotation-configured"), []);
      assert.equal(by("secret-policy-not-public").length, 2);
      assert.deepEqual(by("hidden-findings"), [
        `1 finding waived until ${soon}: waivers[0] (secret-rotation-configured, owner payments, ticket SEC-12), ` +
          "The vendor changes it by hand",
      ]);
      assert.equal(by("stale-waivers").length, 0, "SM-09 is undecided for another secret");

      const second = await check("--cwd", "program");
      assert.equal(second.code, 1);
      assert.deepEqual(
        of(second, "secret-rotation-configured").map(({ hidden }) => hidden?.by),
        ["waiver"],
      );
      assert.deepEqual(
        of(second, "secret-policy-not-public").map(({ hidden }) => hidden),
        [undefined, undefined],
      );
      assert.deepEqual(second.exceptions, by("hidden-findings"));
      assert.deepEqual(second.undecided, first.undecided);
      assert.ok(!second.passed?.includes("secret-policy-not-public"));
      assert.ok(second.passed?.includes("key-rotation"));
    } finally {
      rmSync(file);
    }
  });

  it("plain pulumi lists every problem of the waivers as one mandatory finding, and hides nothing", async () => {
    const waivers = join(engine.folder, "mine.yaml");
    writeFileSync(waivers, `waivers:\n${waiver("key-rotation", "*", "*")}`);
    const { found } = await engine.preview(plainProgram, { waivers: { file: waivers } });
    assert.deepEqual(
      found.filter(({ policy }) => policy === "waivers").map(({ level, message }) => [level, message]),
      [
        [
          "mandatory",
          `${waivers} has 2 problems:\n` +
            '  waivers[0].urn: expected a URN that says which resource, got "*", which fits every one\n' +
            '  waivers[0].fingerprint: expected the twelve digits that the report shows behind the finding, or a list of them, got "*"',
        ],
      ],
    );
    assert.ok(found.some(({ policy }) => policy === "secret-rotation-configured"));
  });

  it("cannot check a program that does not run, and says its error", async () => {
    writeFileSync(join(engine.folder, "program/index.js"), "process.exit(3);\n");
    const { code, errors } = await check("--cwd", "program");
    assert.equal(code, 2);
    assert.match(errors, /^preview of the selected stack in program failed, so not everything was judged:\n/);
    assert.match(errors, /non-zero exit code: 3/);
  });

  it("cannot check a stack that is not there", async () => {
    const { code, errors } = await check("--cwd", "program", "--deployed", "--stack", "none");
    assert.equal(code, 2);
    assert.match(errors, /^the state of none could not be exported:\n.*no stack named 'none' found/s);
  });

  it("judges what is deployed, with the place in the program; so does the evidence", async () => {
    const program =
      'const aws = require("@pulumi/aws");\nnew aws.kms.Key("still", { enableKeyRotation: false });\n';
    writeFileSync(join(engine.folder, "program/index.js"), program);
    const { code, output } = await engine.pulumi("up", "--yes", "--skip-preview");
    assert.equal(code, 0, output);
    const where = ["--cwd", "program", "--stack", "dev"] as const;
    const result = await check("--deployed", ...where);
    assert.equal(result.code, 1, result.errors);
    assert.deepEqual(
      of(result, "key-rotation").map(({ urn, place }) => [urn, place?.file, place?.line]),
      [["urn:pulumi:dev::plain::aws:kms/key:Key::still", "index.js", 2]],
    );
    const io = recordedIo(engine.folder, { ...engine.env, PATH: "/nowhere" });
    assert.equal(await evidenceCommand(["--framework", "pci-dss", ...where], io), 0, io.errors.join("\n"));
    assert.match(io.written(), /^\| 3\.7\.4 \| not met \| .*KMS-01/m);
    assert.match(io.written(), /^# PCI DSS 4\.0\.1: evidence from `deployed state of dev`$/m);
  });

  it("takes a secret of a state that nobody can decrypt as undecided, and shows no other", async () => {
    writeFileSync(join(engine.folder, "state.json"), JSON.stringify(stateWithSecrets()));
    const result = await check("--file", "state.json");
    const said = JSON.stringify(result);
    assert.equal(result.code, 1);
    assert.deepEqual(of(result, "secret-policy-not-public"), []);
    assert.match(JSON.stringify(result.undecided), /SM-09.*the policy of Secret \\"redacted\\" is not known/);
    assert.ok(!said.includes(value) && !said.includes("[secret]"), said);
    assert.deepEqual(of(result, "secret-rotation-configured")[0]!.place, {
      file: "index.ts",
      line: 18,
      column: 14,
    });

    const io = recordedIo(engine.folder, engine.env);
    assert.equal(await evidenceCommand(["--framework", "nist", "--file", "state.json", "--json"], io), 0);
    const evidence = io.written();
    assert.match(evidence, /the policy of Secret \\"redacted\\" is not known/);
    assert.ok(!evidence.includes(value) && !evidence.includes("ciphertext"));
  });
});

/** Two secrets whose policies are Pulumi secrets: one that this passphrase does not open, one in plain text. */
function stateWithSecrets(): object {
  const sealed = (rest: object) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ...rest,
  });
  const urn = (type: string, name: string) => `urn:pulumi:dev::plain::${type}::${name}`;
  const secret = (name: string, policy: object) => {
    const inputs = {
      name,
      kmsKeyId: "alias/orders",
      description: sealed({ plaintext: JSON.stringify(value) }),
      policy,
    };
    const arn = `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-AbCdEf`;
    const type = "aws:secretsmanager/secret:Secret";
    const sourcePosition = "project:///index.ts#18,14";
    return {
      urn: urn(type, name),
      custom: true,
      id: arn,
      type,
      inputs,
      outputs: { ...inputs, arn },
      sourcePosition,
    };
  };
  const resources = [
    { urn: urn("pulumi:pulumi:Stack", "plain-dev"), custom: false, type: "pulumi:pulumi:Stack" },
    secret("redacted", sealed({ ciphertext: "v1:AAAA:BBBB" })),
  ];
  const salt = "v1:UsW/F8ZDqBk=:v1:WpJ+jKsPCdf4xD1s:FoUtJ9DfUUhFCzZdH4ESvn9d5N5qOg==";
  const manifest = { time: "2026-11-24T07:56:49Z", magic: "", version: "" };
  return {
    version: 3,
    deployment: { manifest, secrets_providers: { type: "passphrase", state: { salt } }, resources },
  };
}
