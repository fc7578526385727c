import { execFile } from "child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { buildSync } from "esbuild";
import { ensureEngine, prepareHome } from "../../../local/engine";

const ROOT = join(__dirname, "../../..");

/** Changes of one run of the engine: operation -> how many resources. */
export type ChangeSummary = Readonly<Record<string, number>>;

/** A Pulumi project in a temporary folder, with the real engine and the bundled provider. */
export interface PulumiProject {
  readonly folder: string;
  /** Writes `index.js`. */
  program(text: string): void;
  /** Runs the engine; rejects with everything it wrote when it fails. */
  pulumi(...words: readonly string[]): Promise<string>;
  preview(): Promise<ChangeSummary>;
  up(): Promise<ChangeSummary>;
  refresh(): Promise<ChangeSummary>;
  outputs(): Promise<Record<string, unknown>>;
  remove(): void;
}

/** @param environment what the provider's AWS clients read */
export async function createProject(environment: Record<string, string>): Promise<PulumiProject> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-provider-"));
  const distDir = join(folder, "dist");
  bundle("local/provider/main.ts", join(distDir, "pulumi-resource-aws.js"));
  const languageHost = bundledLanguageHost(distDir);
  const cacheDir = process.env["STRONGROOM_ENGINE_CACHE"];
  const engine = await ensureEngine({
    log: () => undefined,
    distDir: languageHost,
    ...(cacheDir && { cacheDir }),
  });
  const home = await prepareHome({ home: join(folder, "home"), distDir });
  const work = join(folder, "project");
  mkdirSync(work);
  symlinkSync(join(ROOT, "node_modules"), join(work, "node_modules"));
  writeFileSync(
    join(work, "Pulumi.yaml"),
    "name: provider-test\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.js\n",
  );
  writeFileSync(join(work, "package.json"), JSON.stringify({ name: "provider-test", main: "index.js" }));
  const pulumi = (...words: readonly string[]): Promise<string> =>
    run(engine.pulumi, [...words, "--non-interactive"], work, { ...home.env, ...environment });
  await pulumi("stack", "init", "dev");
  return {
    folder,
    pulumi,
    program: (text) => writeFileSync(join(work, "index.js"), text),
    preview: async () => summary(await pulumi("preview", "--json")),
    up: async () => summary(await pulumi("up", "--yes", "--skip-preview", "--json")),
    refresh: async () => summary(await pulumi("refresh", "--yes", "--skip-preview", "--json")),
    outputs: async () => JSON.parse(await pulumi("stack", "output", "--json")) as Record<string, unknown>,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The checkout's own bundle, where there is one: the engine's launcher of it is shared with whoever runs beside this test. */
function bundledLanguageHost(distDir: string): string {
  const built = join(ROOT, "dist");
  if (existsSync(join(built, "pulumi-language-nodejs.js"))) {
    return built;
  }
  bundle("local/engine/language-host.ts", join(distDir, "pulumi-language-nodejs.js"));
  return distDir;
}

function bundle(entry: string, outfile: string): void {
  buildSync({
    entryPoints: [join(ROOT, entry)],
    bundle: true,
    platform: "node",
    target: "node20",
    outfile,
    logLevel: "error",
  });
}

/** `preview --json` answers one document; `up --json` and `refresh --json` an event a line, the summary among the last. */
function summary(output: string): ChangeSummary {
  const single = output.trimStart().startsWith("{\n")
    ? (JSON.parse(output) as { changeSummary?: ChangeSummary })
    : undefined;
  if (single !== undefined) {
    return single.changeSummary ?? {};
  }
  const events = output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { summaryEvent?: { resourceChanges: ChangeSummary } });
  return events.find((event) => event.summaryEvent !== undefined)?.summaryEvent!.resourceChanges ?? {};
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      command,
      args,
      { cwd, env: { ...process.env, ...env }, maxBuffer: 64 << 20 },
      (error, stdout, stderr) =>
        error
          ? reject(new Error(`pulumi ${args.join(" ")}: ${stderr}\n${stdout.slice(-4000)}`))
          : resolve(stdout),
    );
  });
}
