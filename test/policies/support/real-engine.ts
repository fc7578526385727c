import { execFile } from "child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { buildSync } from "esbuild";
import { bundles } from "../../../build/bundles";
import { ensureEngine, EngineError, prepareHome } from "../../../local/engine";
import { SECRETS, startCloud, TestCloud } from "../../support/local-cloud";

const root = join(__dirname, "../../..");

/** One report of the pack, without the description in front of the message and the fingerprint behind it. */
export interface Report {
  readonly policy: string;
  /** Type and name, such as `Secret orders`. */
  readonly resource: string;
  readonly level: string;
  readonly message: string;
}

/** Pulumi's engine with the pack, the local provider and a local cloud, over programs in plain JavaScript. */
export interface PackEngine {
  /** Holds `program`, the pack in `policies`, and nothing that outlives `close`. */
  readonly folder: string;
  /** The CLI's environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs the CLI in the program's folder. */
  pulumi(...words: readonly string[]): Promise<{ readonly code: number; readonly output: string }>;
  /** Previews a program, with the configuration of the pack. */
  preview(
    program: string,
    configuration: object,
  ): Promise<{ readonly code: number; readonly output: string; readonly found: readonly Report[] }>;
  close(): Promise<void>;
}

/** Builds the pack and starts the rest; undefined where no engine is built. One stack `dev` is there. */
export async function startPackEngine(): Promise<PackEngine | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-pack-"));
  const distDir = join(folder, "dist");
  buildInto(folder);
  writeProject(folder);
  // Without Go on PATH an engine is found or not, but never built: that would take minutes.
  const env = { ...process.env, PATH: "/nowhere" };
  const engine = await ensureEngine({ log: () => undefined, distDir, env }).catch(
    (error: EngineError) => error,
  );
  if (engine instanceof EngineError) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  const home = await prepareHome({ home: join(folder, "home"), distDir });
  const cloud = await startCloud();
  const cliEnv = { ...home.env, ...administrator(cloud) };
  const pulumi: PackEngine["pulumi"] = (...words) =>
    run(engine.pulumi, [...words, "--non-interactive"], join(folder, "program"), cliEnv);
  const { code, output } = await pulumi("stack", "init", "dev");
  if (code !== 0) throw new Error(output);
  return {
    folder,
    env: { ...process.env, ...cliEnv },
    pulumi,
    preview: (program, configuration) => preview(folder, pulumi, program, configuration),
    close: async () => {
      await cloud.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function preview(folder: string, pulumi: PackEngine["pulumi"], program: string, configuration: object) {
  const eventLog = join(folder, "events.json");
  const config = join(folder, "config.json");
  rmSync(eventLog, { force: true });
  writeFileSync(join(folder, "program/index.js"), program);
  writeFileSync(config, JSON.stringify(configuration));
  const result = await pulumi(
    ...["preview", "--policy-pack", join(folder, "policies")],
    ...["--policy-pack-config", config, "--event-log", eventLog],
  );
  return { ...result, found: reportsIn(eventLog) };
}

function buildInto(folder: string): void {
  for (const { entry, outfile, external } of bundles(root)) {
    if (!/^(local\/(provider|engine)|policies)\//.test(entry)) continue;
    const to = entry.startsWith("policies/") ? join(folder, "policies/bin/index.js") : join(folder, outfile);
    const common = { bundle: true, platform: "node", target: "node20", logLevel: "error" } as const;
    buildSync({
      ...common,
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: to,
      external: [...(external ?? [])],
    });
  }
}

function writeProject(folder: string): void {
  for (const file of ["package.json", "PulumiPolicy.yaml"]) {
    cpSync(join(root, "policies", file), join(folder, "policies", file));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "program"));
  writeFileSync(join(folder, "program/package.json"), JSON.stringify({ name: "plain", main: "index.js" }));
  const project = "name: plain\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";
  writeFileSync(join(folder, "program/Pulumi.yaml"), `${project}config:\n  aws:region: eu-west-1\n`);
}

/** Sorted by rule and resource. */
function reportsIn(eventLog: string): readonly Report[] {
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
