import { strict as assert } from "assert";
import { execFile } from "child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { buildSync } from "esbuild";
import { ensureEngine, EngineError, prepareHome } from "../../../local/engine";

const root = join(__dirname, "../../..");

/** A folder with a program, a policy pack and an engine home, and the real engine run in it. */
describe("a Pulumi program on the engine", function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), "strongroom-engine-"));
  let pulumi: (...words: string[]) => Promise<{ code: number; output: string }>;

  before(async function () {
    const distDir = join(folder, "dist");
    bundleLanguageHost(distDir);
    writeFileSync(join(distDir, "pulumi-resource-aws.js"), "");
    writeProgram(folder);
    writePack(join(folder, "pack"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    // Without Go on PATH an engine is found or not, but never built: that would take minutes.
    const engine = await ensureEngine({
      log: () => undefined,
      distDir,
      env: { ...process.env, PATH: "/nowhere" },
    }).catch((error: EngineError) => error);
    if (engine instanceof EngineError) return this.skip();
    const home = await prepareHome({ home: join(folder, "home"), distDir });
    pulumi = (...words) => run(engine.pulumi, [...words, "--non-interactive"], folder, home.env);
    assert.equal((await pulumi("stack", "init", "dev")).code, 0);
    assert.equal((await pulumi("config", "set", "greeting", "good day")).code, 0);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it("previews, deploys and gives its outputs", async () => {
    const preview = await pulumi("preview");
    assert.equal(preview.code, 0, preview.output);
    const up = await pulumi("up", "--yes", "--skip-preview");
    assert.equal(up.code, 0, up.output);
    assert.doesNotMatch(up.output, /warning/i);
    const outputs = await pulumi("stack", "output", "--json");
    assert.deepEqual(JSON.parse(outputs.output), {
      greeting: "good day",
      stack: "dev",
      transpileOnly: "true",
    });
  });

  it("fails with the program's own error, said once", async () => {
    await pulumi("config", "set", "fail", "true");
    const { code, output } = await pulumi("preview");
    await pulumi("config", "rm", "fail");
    assert.notEqual(code, 0);
    assert.equal(output.match(/the program gave up/g)?.length, 1, output);
    assert.doesNotMatch(output, /non-zero exit code/);
  });

  it("runs a policy pack, which knows the stack and its configuration while it loads", async () => {
    const eventLog = join(folder, "events.json");
    const { code, output } = await pulumi("preview", "--policy-pack", "pack", "--event-log", eventLog);
    assert.notEqual(code, 0);
    assert.match(output, /engine-test-stack/);
    assert.match(readFileSync(eventLog, "utf8"), /dev of engine-test says good day/);
  });
});

describe("prepareHome", () => {
  it("installs the stand-in under the version of @pulumi/aws that programs ask for", async () => {
    const folder = mkdtempSync(join(tmpdir(), "strongroom-home-"));
    writeFileSync(join(folder, "pulumi-resource-aws.js"), "console.log(process.argv[2])");
    const { env } = await prepareHome({ home: join(folder, "home"), distDir: folder });
    const { version } = JSON.parse(
      readFileSync(join(root, "node_modules/@pulumi/aws/package.json"), "utf8"),
    ) as { version: string };
    const plugin = join(folder, `home/plugins/resource-aws-v${version}/pulumi-resource-aws`);
    assert.equal((await run(plugin, ["it's"], folder, {})).output, "it's\n");
    assert.deepEqual(env, {
      PULUMI_HOME: join(folder, "home"),
      STRONGROOM_DIST: folder,
      PULUMI_BACKEND_URL: `file://${folder}/home/state`,
      PULUMI_CONFIG_PASSPHRASE: "strongroom-local",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      PULUMI_DEBUG_COMMANDS: "true",
      GOGC: "400",
    });
    const missing = prepareHome({ home: join(folder, "other"), distDir: join(folder, "nothing") });
    await assert.rejects(missing, { code: "not-bundled" });
    rmSync(folder, { recursive: true });
  });
});

describe("finding the engine", () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "strongroom-find-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("says what to install when there is neither Pulumi nor Go", async () => {
    await assert.rejects(find({ PATH: "" }), {
      name: "EngineError",
      code: "nothing-installed",
      message:
        "There is neither Pulumi nor Go on PATH: install Pulumi 3.229.0 or later, or Go 1.25 or later to have it built.",
    });
  });

  it("says so when Go is too old", async () => {
    script("path/go", "echo go version go1.24.9 linux/amd64");
    await assert.rejects(find({ PATH: join(folder, "path") }), { code: "go-too-old" });
  });

  it("takes a recent enough installation from PATH", async () => {
    const pulumi = script("path/pulumi", "echo v3.229.0");
    script("path/pulumi-language-nodejs", "exit 0");
    assert.deepEqual(await find({ PATH: join(folder, "path") }), {
      pulumi,
      version: "3.229.0",
      source: "path",
    });
  });

  for (const [name, version, host] of [
    ["is too old", "v3.228.9", true],
    ["has no language host", "v3.259.0", false],
    ["cannot tell its version", "", true],
  ] as const) {
    it(`passes over an installation that ${name}, and takes the one built earlier`, async () => {
      script("path/pulumi", `echo ${version}`);
      if (host) script("path/pulumi-language-nodejs", "exit 0");
      const pulumi = script("cache/3.259.0/bin/pulumi", "echo v3.259.0");
      const lines: string[] = [];
      const engine = await find({ PATH: `${join(folder, "path")}:/bin` }, lines);
      assert.deepEqual(engine, { pulumi, version: "3.259.0", source: "cache" });
      assert.equal(lines.length, 1);
      const launcher = readFileSync(join(folder, "cache/3.259.0/bin/pulumi-language-nodejs"), "utf8");
      assert.ok(launcher.includes(join(folder, "dist")), launcher);
    });
  }

  it("starts the language host of the checkout that asks, whichever wrote the launcher last", async () => {
    script("cache/3.259.0/bin/pulumi", "echo v3.259.0");
    const host = join(folder, "cache/3.259.0/bin/pulumi-language-nodejs");
    const said = async (env: Record<string, string>) => (await run(host, ["4711"], folder, env)).output;
    const checkouts = ["first", "it's the second"].map((name) => join(folder, name));
    for (const distDir of checkouts) {
      mkdirSync(distDir);
      writeFileSync(join(distDir, "pulumi-resource-aws.js"), "");
      const program = `console.log(__dirname, process.argv[2])`;
      writeFileSync(join(distDir, "pulumi-language-nodejs.js"), program);
      await ensureEngine({
        log: () => undefined,
        cacheDir: join(folder, "cache"),
        env: { PATH: "/bin" },
        distDir,
      });
    }
    for (const distDir of checkouts) {
      const { env } = await prepareHome({ home: join(folder, "home"), distDir });
      assert.equal(await said(env), `${distDir} 4711\n`);
    }
    assert.equal(await said({}), `${checkouts[1]} 4711\n`);
  });

  it("builds with Go, replaces a broken engine and leaves no working folder", async () => {
    script("cache/3.259.0/bin/pulumi", "exit 1");
    mkdirSync(join(folder, "cache/3.259.0.building-999999999-1/bin"), { recursive: true });
    script("path/go", fakeGo);
    const lines: string[] = [];
    const engine = await find({ PATH: `${join(folder, "path")}:/bin:/usr/bin` }, lines);
    assert.equal(engine.source, "built");
    assert.match(lines.at(-1)!, /1 modules downloaded, 2 packages compiled, \d+ s/);
    assert.equal((await run("/bin/ls", [join(folder, "cache")], folder, {})).output, "3.259.0\n");
    assert.equal((await find({ PATH: "/bin" })).source, "cache");
  });

  it("lets two starts build at once", async () => {
    script("path/go", fakeGo);
    const env = { PATH: `${join(folder, "path")}:/bin:/usr/bin` };
    const engines = await Promise.all([find(env), find(env), find(env)]);
    assert.deepEqual(new Set(engines.map(({ version }) => version)), new Set(["3.259.0"]));
    assert.equal((await run("/bin/ls", [join(folder, "cache")], folder, {})).output, "3.259.0\n");
    assert.equal((await find({ PATH: "/bin" })).source, "cache");
  });

  it("keeps what it builds in XDG_CACHE_HOME", async () => {
    const pulumi = script("xdg/strongroom/engine/3.259.0/bin/pulumi", "echo v3.259.0");
    const distDir = join(folder, "dist");
    mkdirSync(distDir);
    writeFileSync(join(distDir, "pulumi-language-nodejs.js"), "");
    const env = { PATH: "/bin", XDG_CACHE_HOME: join(folder, "xdg") };
    const engine = await ensureEngine({ log: () => undefined, env, distDir });
    assert.deepEqual(engine, { pulumi, version: "3.259.0", source: "cache" });
  });

  it("gives Go's own words when the build fails, and leaves nothing behind", async () => {
    script("path/go", 'if [ "$1" = version ]; then echo go1.26.0; else echo "disk is full" >&2; exit 1; fi');
    await assert.rejects(find({ PATH: `${join(folder, "path")}:/bin` }), /failed:\ndisk is full/);
    assert.equal((await run("/bin/ls", [join(folder, "cache")], folder, {})).output, "");
  });

  function find(env: NodeJS.ProcessEnv, lines: string[] = []) {
    const distDir = join(folder, "dist");
    mkdirSync(distDir, { recursive: true });
    writeFileSync(join(distDir, "pulumi-language-nodejs.js"), "");
    return ensureEngine({
      log: (line) => void lines.push(line),
      cacheDir: join(folder, "cache"),
      env,
      distDir,
    });
  }

  function script(path: string, text: string): string {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${text}\n`);
    chmodSync(file, 0o755);
    return file;
  }
});

/** Does what Go does, as far as the build looks: words on standard error and a file at `-o`. */
const fakeGo = `
if [ "$1" = version ]; then echo "go version go1.25.0 linux/amd64"; exit 0; fi
echo "go: downloading example.com/m v1.0.0" >&2
echo "internal/cpu" >&2
echo "example.com/m" >&2
while [ "$1" != -o ]; do shift; done
printf '#!/bin/sh\\necho v3.259.0\\n' > "$2"
chmod +x "$2"`;

function bundleLanguageHost(distDir: string): void {
  buildSync({
    entryPoints: [join(root, "local/engine/language-host.ts")],
    outfile: join(distDir, "pulumi-language-nodejs.js"),
    bundle: true,
    platform: "node",
  });
}

function writeProgram(folder: string): void {
  writeFileSync(join(folder, "Pulumi.yaml"), "name: engine-test\nruntime: nodejs\nmain: program.ts\n");
  writeFileSync(join(folder, "package.json"), '{"name":"engine-test","main":"program.ts"}');
  writeFileSync(
    join(folder, "program.ts"),
    `import * as pulumi from "@pulumi/pulumi";
const config = new pulumi.Config();
if (config.getBoolean("fail")) throw new Error("the program gave up");
class Greeting extends pulumi.ComponentResource {
  constructor(name: string) { super("test:index:Greeting", name); this.registerOutputs({}); }
}
new Greeting("hello");
export const greeting: string = config.require("greeting");
export const stack = pulumi.getStack();
export const transpileOnly = process.env.PULUMI_NODEJS_TRANSPILE_ONLY;
`,
  );
}

function writePack(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.ts\n");
  writeFileSync(join(folder, "package.json"), '{"name":"pack","version":"0.0.1","main":"index.ts"}');
  writeFileSync(
    join(folder, "index.ts"),
    `import * as pulumi from "@pulumi/pulumi";
import { PolicyPack } from "@pulumi/policy";
const greeting = new pulumi.Config("engine-test").get("greeting");
const message = pulumi.getStack() + " of " + pulumi.getProject() + " says " + greeting;
new PolicyPack("engine-test", { policies: [{
  name: "engine-test-stack", description: "d", enforcementLevel: "mandatory",
  validateStack: (stack, report) => report(message),
}] });
`,
  );
}

function run(command: string, words: string[], cwd: string, env: Record<string, string>) {
  return new Promise<{ code: number; output: string }>((resolve) => {
    execFile(command, words, { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}
