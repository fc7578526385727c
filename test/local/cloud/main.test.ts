import { strict as assert } from "assert";
import { ChildProcess, spawn } from "child_process";
import * as fs from "fs";
import * as net from "net";
import * as os from "os";
import * as path from "path";
import { IAM } from "@aws-sdk/client-iam";
import { buildSync } from "esbuild";
import { ORDERS, ORGANISATION } from "../../support/local-cloud";

const MAIN = path.join(__dirname, "../../../local/cloud/main.ts");
/** A second at most, in a bundle as it ships, on a machine that does other things too; measured by the benchmarks. */
const READY_MILLISECONDS = 1_000;
const NOBODY = 65_534;

interface Ended {
  readonly code: number | null;
  readonly errors: string;
}

describe("the local cloud as a process", function () {
  this.timeout(30_000);
  const bundles = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-bundle-"));
  const bundle = path.join(bundles, "cloud.js");
  let folder: string;
  let readOnly: string;
  let running: ChildProcess[];

  before(() => {
    buildSync({ entryPoints: [MAIN], outfile: bundle, bundle: true, platform: "node", target: "node20" });
  });

  after(() => fs.rmSync(bundles, { recursive: true, force: true }));

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "strongroom-cloud-"));
    fs.writeFileSync(path.join(folder, "accounts.json"), JSON.stringify(ORGANISATION));
    readOnly = path.join(folder, "read-only");
    running = [];
  });

  afterEach(() => {
    for (const child of running) child.kill("SIGKILL");
    fs.rmSync(folder, { recursive: true, force: true });
  });

  function launch(...args: string[]): ChildProcess {
    // Nothing is read-only to root.
    const uid = args.at(-1) === readOnly && process.getuid?.() === 0 ? NOBODY : undefined;
    const child = spawn(process.execPath, [bundle, ...args], { uid });
    running.push(child);
    return child;
  }

  function urlOf(child: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
      child.stdout!.once("data", (data: Buffer) => {
        resolve((JSON.parse(data.toString().split("\n")[0]!) as { url: string }).url);
      });
      child.once("exit", (code) => reject(new Error(`It ended with ${code}.`)));
    });
  }

  async function end(child: ChildProcess): Promise<Ended> {
    let errors = "";
    child.stderr!.on("data", (data: Buffer) => (errors += data.toString()));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, errors };
  }

  const start = () => {
    const accounts = path.join(folder, "accounts.json");
    return launch("--port", "0", "--accounts", accounts, "--state", path.join(folder, "state"));
  };
  const client = (url: string) =>
    new IAM({
      region: "eu-west-1",
      endpoint: url,
      credentials: { accessKeyId: `AKIA${ORDERS}`, secretAccessKey: `secret-of-${ORDERS}` },
      maxAttempts: 1,
    });

  it("has everything that was answered before it was killed", async () => {
    const child = start();
    const iam = client(await urlOf(child));
    const answered: string[] = [];
    const writing = (async () => {
      for (let count = 0; ; count++) {
        await iam.createUser({ UserName: `user-${count}` });
        answered.push(`user-${count}`);
        if (count === 20) child.kill("SIGKILL");
      }
    })();
    await writing.catch(() => undefined);
    const second = start();
    const { Users } = await client(await urlOf(second)).listUsers({ MaxItems: 1000 });
    const found = new Set(Users!.map(({ UserName }) => UserName));
    assert.ok(answered.length > 20);
    assert.deepEqual(
      answered.filter((name) => !found.has(name)),
      [],
    );
  });

  it("keeps no secret access key in the clear, and its own key to itself", async () => {
    const child = start();
    const iam = client(await urlOf(child));
    const { AccessKey } = await iam.createAccessKey({ UserName: "administrator" });
    const state = path.join(folder, "state");
    const names = fs.readdirSync(state).sort();
    assert.deepEqual(names, ["journal-0.jsonl", "key"]);
    const text = fs.readFileSync(path.join(state, "journal-0.jsonl"), "utf8");
    assert.ok(text.includes(AccessKey!.AccessKeyId!));
    assert.ok(!text.includes(AccessKey!.SecretAccessKey!) && !text.includes(`secret-of-${ORDERS}`));
    assert.deepEqual(
      [".", ...names].map((name) => (fs.statSync(path.join(state, name)).mode & 0o777).toString(8)),
      ["700", "600", "600"],
    );
  });

  it("stops at SIGTERM with exit code 0", async () => {
    const child = start();
    await urlOf(child);
    child.kill("SIGTERM");
    assert.deepEqual(await end(child), { code: 0, errors: "" });
  });

  const REFUSED: readonly [string, (folder: string) => Promise<string[]> | string[], RegExp][] = [
    [
      "a state folder that is a file",
      (dir) => ["--port", "0", "--state", path.join(dir, "accounts.json")],
      /^The state folder .*accounts\.json cannot be used: EEXIST[^\n]*\n$/,
    ],
    [
      "a full disk",
      (dir) => {
        fs.symlinkSync("/dev/full", path.join(dir, "journal-0.jsonl"));
        return ["--port", "0", "--state", dir];
      },
      /^The state cannot be written, nothing was changed: ENOSPC[^\n]*\n$/,
    ],
    ["a port that is none", () => ["--port", "66000"], /^--port: "66000" is not a port\.\n$/],
    [
      "an accounts file that is not there",
      () => ["--accounts", "/none.json"],
      /^The accounts file \/none\.json cannot be read: ENOENT[^\n]*\n$/,
    ],
    ["an unknown option", () => ["--ports"], /^Unknown option '--ports'/],
    [
      "an accounts file with problems, all at once",
      (dir) => {
        const file = path.join(dir, "bad.json");
        const accounts = [{ id: "1", name: "a", administrator: {} }];
        fs.writeFileSync(
          file,
          JSON.stringify({ accounts, organization: { id: "x", managementAccountId: "2" } }),
        );
        return ["--accounts", file];
      },
      /accounts\[0\]\.id: "1" is not twelve digits\n.*accounts\[0\]\.administrator: .*\n.*organization\.id: "x".*\n.*organization\.managementAccountId: 2/,
    ],
  ];
  for (const [name, args, message] of REFUSED) {
    it(`refuses ${name} in one message`, async () => {
      const { code, errors } = await end(launch(...(await args(folder))));
      assert.equal(code, 1);
      assert.match(errors, message);
      assert.doesNotMatch(errors, /\n\s+at /);
    });
  }

  it("refuses a read-only state folder in one message", async () => {
    fs.mkdirSync(readOnly, { mode: 0o555 });
    for (const dir of [bundles, folder]) fs.chmodSync(dir, 0o755);
    const { code, errors } = await end(launch("--port", "0", "--state", readOnly));
    assert.deepEqual(
      [code, errors],
      [
        1,
        `The state folder ${readOnly} cannot be used: EACCES: permission denied, open '${readOnly}/journal-0.jsonl'\n`,
      ],
    );
  });

  it("says so when the port is in use", async () => {
    const other = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as net.AddressInfo;
    const ended = await end(launch("--port", String(port)));
    other.close();
    assert.deepEqual(ended, {
      code: 1,
      errors: `Port ${port} is in use. Stop what uses it, or choose another with --port (0 for any free one).\n`,
    });
  });

  it("is ready at once", async () => {
    const before = Date.now();
    await urlOf(start());
    const milliseconds = Date.now() - before;
    assert.ok(milliseconds <= READY_MILLISECONDS, `${milliseconds} ms`);
  });
});
