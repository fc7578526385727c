import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Policies } from "@pulumi/policy";
import { policiesOf } from "../../policies/pack";
import { rules } from "../../policies/rules";
import { Figure, median } from "../figure";
import { packCalls } from "../support/pack-calls";
import { secretStack } from "../support/secret-stack";

const ROOT = join(__dirname, "../..");
const SIZES = [500, 2_000] as const;
const ROUNDS = 3;
const START_ROUNDS = 7;

/** The pack over the calls of a preview, served by the SDK itself; and how much later than an empty pack it is ready. */
export async function measure(): Promise<readonly Figure[]> {
  return [...(await own()), await start()];
}

async function own(): Promise<readonly Figure[]> {
  const empty = emptyPolicies();
  const milliseconds: number[] = [];
  const figures: Figure[] = [];
  for (const secrets of SIZES) {
    const stack = secretStack(secrets);
    const bare = await timed(() => packCalls(empty, stack));
    const ours = await timed(() => packCalls(policiesOf(rules), stack));
    milliseconds.push(ours);
    figures.push({
      name: `pack: own time over a preview of ${secrets} secrets`,
      value: ours - bare,
      unit: "ms",
      detail: `${stack.length} resources, ${rules.length} rules: ${ours.toFixed(0)} ms; a pack of one empty policy ${bare.toFixed(0)} ms`,
    });
  }
  const [small, large] = milliseconds as [number, number];
  const growth = large / small / (SIZES[1] / SIZES[0]);
  return [
    ...figures,
    {
      name: "pack: growth from 500 to 2,000 secrets, v linear",
      value: growth,
      unit: "x",
      goal: { relation: "<=", value: 1.25 },
      detail: `${small.toFixed(0)} ms and ${large.toFixed(0)} ms`,
    },
  ];
}

/** The middle of some rounds after one that warms up. Building the protocol's messages is not counted. */
async function timed(calls: () => ReturnType<typeof packCalls>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const { milliseconds } = await calls()();
    if (round > 0) times.push(milliseconds);
  }
  return median(times);
}

function emptyPolicies(): Policies {
  return [
    { name: "nothing", description: "nothing", enforcementLevel: "advisory", validateStack: () => undefined },
  ];
}

/** From the start of the process until it says on which port it serves. */
async function start(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-bench-pack-"));
  try {
    const bundle = join(ROOT, "policies/bin/index.js");
    if (!existsSync(bundle)) throw new Error(`${bundle} is not there: npm run build`);
    const empty = join(folder, "empty.js");
    const sdk = JSON.stringify(require.resolve("@pulumi/policy", { paths: [ROOT] }));
    const policy = '{ name: "nothing", description: "nothing", validateStack: () => {} }';
    writeFileSync(
      empty,
      `const { PolicyPack } = require(${sdk});\nnew PolicyPack("empty", { policies: [${policy}] });\n`,
    );
    writeFileSync(join(folder, "package.json"), '{"name":"empty","version":"0.0.1"}');
    const times = { empty: [] as number[], ours: [] as number[] };
    for (let round = 0; round <= START_ROUNDS; round++) {
      const sample = {
        empty: await readyAfter(empty, folder),
        ours: await readyAfter(bundle, join(ROOT, "policies")),
      };
      if (round === 0) continue; // the first round warms the file cache
      times.empty.push(sample.empty);
      times.ours.push(sample.ours);
    }
    const [bare, ours] = [median(times.empty), median(times.ours)];
    return {
      name: "pack: start, more than an empty pack's",
      value: ours - bare,
      unit: "ms",
      goal: { relation: "<=", value: 200 },
      detail: `${ours.toFixed(0)} ms and ${bare.toFixed(0)} ms until the port is said`,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readyAfter(file: string, cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [file], { cwd, stdio: ["ignore", "pipe", "ignore"] });
    let ready: number | undefined;
    child.stdout.once("data", () => {
      ready = performance.now() - started;
      child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("close", () => {
      if (ready === undefined) reject(new Error(`${file} ended without serving`));
      else resolve(ready);
    });
  });
}
