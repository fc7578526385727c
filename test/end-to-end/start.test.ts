import { strict as assert } from "assert";
import { ChildProcess, execFileSync, spawn } from "child_process";
import { once } from "events";
import { readdirSync, readFileSync } from "fs";
import { createConnection } from "net";
import { join } from "path";
import { boto3Environment, hasPython } from "../support/python";

const root = join(__dirname, "../..");
const DATABASE_PORT = 54321;

interface Summary {
  readonly ok: boolean;
  readonly steps: readonly { readonly name: string; readonly ok: boolean; readonly evidence: string }[];
}

/** `strongroom start` as a process, with what it printed so far. */
class Start {
  output = "";
  private readonly child: ChildProcess;
  readonly exited: Promise<number | null>;

  constructor(...args: readonly string[]) {
    this.child = spawn(process.execPath, [join(root, "dist/cli.js"), "start", ...args], { cwd: root });
    this.child.stdout!.on("data", (chunk: Buffer) => (this.output += chunk));
    this.child.stderr!.on("data", (chunk: Buffer) => (this.output += chunk));
    this.exited = once(this.child, "exit").then(([code]) => code as number | null);
  }

  async until(text: string): Promise<void> {
    const ended = this.exited.then((code) =>
      assert.fail(`ended with ${code} before "${text}":\n${this.output}`),
    );
    ended.catch(() => undefined);
    while (!this.output.includes(text)) {
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 50)), ended]);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }
}

describe("npm start, from a killed run to a kept one", function () {
  this.timeout(15 * 60_000); // on a new machine the engine is built first
  let kept: Start;

  after(() => kept?.signal("SIGKILL"));

  it("stops everything at Ctrl-C", async () => {
    const start = new Start();
    await start.until("ok   database");
    start.signal("SIGINT");
    assert.equal(await start.exited, 130, start.output);
    assert.equal(await isListening(DATABASE_PORT), false);
    assert.equal(await isListening(portOf(start.output)), false);
  });

  it("is killed without a chance to clean up", async () => {
    const start = new Start();
    await start.until("ok   database");
    start.signal("SIGKILL");
    assert.equal(await start.exited, null);
  });

  it("starts again, deploys, reads, rotates and refuses", async () => {
    kept = new Start("--keep");
    await kept.until("running until Ctrl-C");
    const summary = JSON.parse(readFileSync(join(root, ".strongroom/summary.json"), "utf8")) as Summary;
    assert.deepEqual(
      summary.steps.filter(({ ok }) => ok).map(({ name }) => name),
      [
        "engine",
        "cloud",
        "database",
        "deploy",
        "first values",
        "deploy orders",
        "readers",
        "rotation check",
        "orders reads",
        "billing is refused",
        "replica",
        "rotation",
        "refused change",
        "counterexample",
        "accepted environment",
      ],
    );
    assert.equal(summary.ok, true);
  });

  it("proves who can read, and finds the declared readers alone", () => {
    const [summary, ...readers] = evidenceOf("readers").split("\n");
    assert.equal(summary, "4 secrets over all principals: 8 declared readers, nobody else");
    assert.match(readers[0]!, /^orders\/database: role orders-service of 222222222222, aws:SourceVpc is /);
  });

  it("checks a rotation without a change", () => {
    assert.match(
      evidenceOf("rotation check"),
      /^orders\/database: 17 checks without a change: .*, change rights, password policy/,
    );
  });

  it("names the document that refuses billing", () => {
    assert.match(
      evidenceOf("billing is refused"),
      /VPC endpoint policy.*resource policy of secret orders\/database/s,
    );
  });

  it("rotates twice in four steps each, and the application sees no failure", () => {
    assert.match(evidenceOf("rotation"), /^2 rotations in 8 Lambda steps under \d+ new logins: 0 failures/);
  });

  it("refuses the bad change by the rules that it breaks", () => {
    const evidence = evidenceOf("refused change");
    assert.match(evidence, /secret-policy-not-public: .*anybody, without credentials/);
    assert.match(evidence, /secret-rotation-configured: /);
  });

  it("makes the call that the proof has against the bad change, where it was made and where not", () => {
    assert.match(
      evidenceOf("counterexample"),
      /^counterexample executed: orders\/database could be read by .*; that call read version [0-9a-f-]{36} under the changed policies, and gets AccessDeniedException under those deployed$/,
    );
  });

  it("tells a second start that the first one is running", async () => {
    const second = new Start();
    assert.equal(await second.exited, 1, second.output);
    assert.match(second.output, /already running as process \d+: stop it with Ctrl-C there first/);
  });

  it("lets boto3 in where the AWS SDK is let in, and keeps it out where that is kept out", function () {
    if (!hasPython()) this.skip();
    const orders = boto3(section("orders-service"), secretArn());
    assert.deepEqual(
      { ...orders, version: typeof orders["version"] },
      {
        version: "string",
        stages: orders["stages"],
        keys: ["dbname", "engine", "host", "masterarn", "password", "port", "username"],
      },
    );
    assert.ok((orders["stages"] as string[]).includes("AWSCURRENT"));
    assert.deepEqual(boto3(section("billing-service"), secretArn()), { error: "AccessDeniedException" });
  });

  it("leaves no secret value in the state of the stacks", () => {
    const folder = join(root, ".strongroom/run/pulumi/state");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".json"),
    );
    const texts = files.map((file) => readFileSync(join(folder, file), "utf8"));
    assert.ok(texts.some((text) => text.includes("orders/database")));
    assert.deepEqual(
      texts.filter((text) => /apiKey|local-demonstration-only|\\"password\\"/.test(text)),
      [],
    );
  });

  it("ends at Ctrl-C with everything it started", async () => {
    kept.signal("SIGINT");
    assert.equal(await kept.exited, 0, kept.output);
    assert.equal(await isListening(DATABASE_PORT), false);
    assert.equal(await isListening(portOf(kept.output)), false);
  });

  const evidenceOf = (step: string) =>
    (JSON.parse(readFileSync(join(root, ".strongroom/summary.json"), "utf8")) as Summary).steps.find(
      ({ name }) => name === step,
    )!.evidence;

  /** The printed `export` lines under a heading, as a shell would take them. */
  function section(title: string): NodeJS.ProcessEnv {
    const text = kept.output.slice(kept.output.indexOf(`# ${title}`)).split("\n\n")[0]!;
    return Object.fromEntries(
      [...text.matchAll(/(AWS_[A-Z_]+)='([^']*)'/g)].map(([, name, value]) => [name, value]),
    );
  }

  const secretArn = () => /get-secret-value --secret-id (\S+)/.exec(kept.output)![1]!;
});

function boto3(credentials: NodeJS.ProcessEnv, secretId: string): Record<string, unknown> {
  const env = { PATH: process.env.PATH, ...boto3Environment(), ...credentials, SECRET_ID: secretId };
  const script = join(__dirname, "foreign-client.py");
  return JSON.parse(execFileSync("python3", [script], { env, encoding: "utf8" }));
}

const portOf = (output: string) => Number(/http:\/\/127\.0\.0\.1:(\d+)/.exec(output)![1]);

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
