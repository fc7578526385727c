import { strict as assert } from "assert";
import { execFile } from "child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { buildSync } from "esbuild";
import { bundles } from "../../build/bundles";
import { ensureEngine, EngineError, prepareHome } from "../../local/engine";
import { SECRETS, startCloud, TestCloud } from "../support/local-cloud";
import { plainProgram } from "./support/plain-program";

const root = join(__dirname, "../..");

interface Violation {
  readonly policy: string;
  readonly resource: string;
  readonly level: string;
  readonly message: string;
}

describe("the pack on the real engine, over a plain program", function () {
  this.timeout(90_000);
  const folder = mkdtempSync(join(tmpdir(), "strongroom-pack-"));
  const distDir = join(folder, "dist");
  let pulumi: (...words: readonly string[]) => Promise<{ readonly code: number; readonly output: string }>;

  let cloud: TestCloud;

  before(async function () {
    cloud = await startCloud();
    for (const { entry, outfile, external } of bundles(root)) {
      if (!/^(local\/(provider|engine)|policies)\//.test(entry)) continue;
      const to = entry.startsWith("policies/")
        ? join(folder, "policies/bin/index.js")
        : join(folder, outfile);
      const common = { bundle: true, platform: "node", target: "node20", logLevel: "error" } as const;
      buildSync({
        ...common,
        absWorkingDir: root,
        entryPoints: [entry],
        outfile: to,
        external: [...(external ?? [])],
      });
    }
    for (const file of ["package.json", "PulumiPolicy.yaml"]) {
      cpSync(join(root, "policies", file), join(folder, "policies", file));
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    mkdirSync(join(folder, "program"));
    writeFileSync(join(folder, "program/index.js"), plainProgram);
    writeFileSync(join(folder, "program/package.json"), JSON.stringify({ name: "plain", main: "index.js" }));
    const project = "name: plain\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";
    writeFileSync(join(folder, "program/Pulumi.yaml"), `${project}config:\n  aws:region: eu-west-1\n`);
    // Without Go on PATH an engine is found or not, but never built: that would take minutes.
    const env = { ...process.env, PATH: "/nowhere" };
    const engine = await ensureEngine({ log: () => undefined, distDir, env }).catch(
      (error: EngineError) => error,
    );
    if (engine instanceof EngineError) return this.skip();
    const home = await prepareHome({ home: join(folder, "home"), distDir });
    pulumi = (...words) =>
      run(engine.pulumi, [...words, "--non-interactive"], join(folder, "program"), {
        ...home.env,
        ...administrator(cloud),
      });
    const { code, output } = await pulumi("stack", "init", "dev");
    assert.equal(code, 0, output);
  });

  after(async () => {
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("finds the mistakes of a first preview under the rules' names, and nothing else", async () => {
    const { code, output, found } = await preview({ organization: { id: "o-strongroom" } });
    assert.notEqual(code, 0, output);
    assert.deepEqual(found, mistakes, output);
  });

  it("takes settings and levels from the configuration", async () => {
    const { code, output, found } = await preview({
      all: "disabled",
      "secret-rotation-interval": { enforcementLevel: "mandatory", maximumDays: 184 },
      "secret-recovery-window": { enforcementLevel: "advisory", minimumDays: 30 },
    });
    assert.equal(code, 0, output);
    assert.deepEqual(
      found.map(({ policy, resource, level }) => [policy, resource, level]),
      [["secret-recovery-window", "Secret open", "advisory"]],
      output,
    );
  });

  async function preview(configuration: object) {
    const eventLog = join(folder, "events.json");
    const config = join(folder, "config.json");
    rmSync(eventLog, { force: true });
    writeFileSync(config, JSON.stringify(configuration));
    const result = await pulumi(
      ...["preview", "--policy-pack", join(folder, "policies")],
      ...["--policy-pack-config", config, "--event-log", eventLog],
    );
    return { ...result, found: violationsIn(eventLog) };
  }
});

const mistakes: readonly Violation[] = [
  {
    policy: "secret-customer-managed-key",
    resource: "Secret open",
    level: "mandatory",
    message:
      'Secret "open" names no key, so AWS uses its own aws/secretsmanager. Set kmsKeyId to a customer managed key, on ' +
      "the secret and on each replica in its own Region.",
  },
  {
    policy: "secret-policy-not-public",
    resource: "SecretPolicy open",
    level: "mandatory",
    message: 'SecretPolicy "open" does not block public policies. Set blockPublicPolicy to true.',
  },
  {
    policy: "secret-policy-not-public",
    resource: "SecretPolicy open",
    level: "mandatory",
    message:
      'The policy of SecretPolicy "open" lets in anybody, without credentials. Name the principals, or bind the ' +
      "statement to the organisation with aws:PrincipalOrgID.",
  },
  {
    policy: "secret-recovery-window",
    resource: "Secret open",
    level: "mandatory",
    message:
      'Secret "open" is deleted at once and for good, less than 7 days. Set recoveryWindowInDays to at least the ' +
      "minimum, and leave forceOverwriteReplicaSecret out.",
  },
  {
    policy: "secret-rotation-configured",
    resource: "Secret open",
    level: "mandatory",
    message:
      'Secret "open" is not rotated. Add a SecretRotation for the secret, or write in the exemption tag why it cannot ' +
      "be rotated.",
  },
  {
    policy: "secret-rotation-interval",
    resource: "SecretRotation slow",
    level: "mandatory",
    message:
      'SecretRotation "slow" can leave 184 days between two rotations, more than 90. ' +
      "Rotate more often: set rotationRules so that the longest gap and the window fit in the limit.",
  },
  {
    policy: "undecided",
    resource: "Stack plain-dev",
    level: "advisory",
    message: 'SM-09: the policy of SecretPolicy "slow" is not known; decided by the outputs of Secret "slow"',
  },
];

/** Sorted by rule and resource; the description, which the SDK puts in front of each message, is left out. */
function violationsIn(eventLog: string): readonly Violation[] {
  return readFileSync(eventLog, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => JSON.parse(line).policyEvent ?? [])
    .map((event) => ({
      policy: event.policyName,
      resource: String(event.resourceUrn ?? "")
        .split("::")
        .slice(-2)
        .join(" ")
        .replace(/^.*:/, ""),
      level: event.enforcementLevel,
      message: String(event.message)
        .replace(/<\{%[^%]*%\}>/g, "")
        .split("\n")
        .slice(1)
        .join("\n")
        .trim()
        .replace(/ \[(public-)?[0-9a-f]{12}\]$/, ""),
    }))
    .sort((a, b) => `${a.policy} ${a.resource}`.localeCompare(`${b.policy} ${b.resource}`));
}

/** The provider asks for the account's id while it is configured, also in a preview. */
function administrator(cloud: TestCloud): Record<string, string> {
  const { endpoint, credentials } = cloud.clientConfig(SECRETS);
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
}

function run(file: string, words: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
  return new Promise<{ readonly code: number; readonly output: string }>((resolve) => {
    execFile(file, [...words], { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
}
