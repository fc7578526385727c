import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Pulumi } from "../../cli/pulumi";
import { STACK } from "../../cli/start/deploy";
import { Figure, median } from "../figure";
import { emptyPack, withLocalEngine } from "../support/local-engine";

const ROOT = join(__dirname, "../..");
const ROUNDS = 5;

/** The preview of the environment `local`: without a pack, with an empty one, with ours; interleaved. */
export function measure(): Promise<readonly Figure[]> {
  return withLocalEngine(ROOT, async ({ pulumi, folder }) => {
    await pulumi.must(ROOT, ["stack", "init", STACK]);
    await pulumi.must(ROOT, ["up", "--yes", "--skip-preview", "--stack", STACK]);
    return previews(pulumi, emptyPack(folder));
  });
}

async function previews(pulumi: Pulumi, empty: string): Promise<readonly Figure[]> {
  const times = { bare: [] as number[], none: [] as number[], empty: [] as number[], ours: [] as number[] };
  const preview = (pack: readonly string[]) => () =>
    pulumi.must(ROOT, ["preview", "--stack", STACK, ...pack]);
  for (let round = 0; round <= ROUNDS; round++) {
    const sample = {
      bare: await timed(async () =>
        execFileSync(process.execPath, ["-e", 'require("@pulumi/aws")'], { cwd: ROOT }),
      ),
      none: await timed(preview([])),
      empty: await timed(preview(["--policy-pack", empty])),
      ours: await timed(preview(["--policy-pack", join(ROOT, "policies")])),
    };
    if (round === 0) continue; // the first round warms caches
    for (const name of ["bare", "none", "empty", "ours"] as const) times[name].push(sample[name]);
  }
  const [bare, none, withEmpty, withOurs] = [times.bare, times.none, times.empty, times.ours].map(median) as [
    number,
    number,
    number,
    number,
  ];
  const raw = `bare require ${bare.toFixed(0)} ms; preview ${none.toFixed(0)}, with empty pack ${withEmpty.toFixed(0)}, with ours ${withOurs.toFixed(0)}`;
  return [
    {
      name: "preview: our pack v an empty pack",
      value: (withOurs - none) / (withEmpty - none),
      unit: "x",
      goal: { relation: "<=", value: 1.5 },
      detail: raw,
    },
    {
      name: "preview, less 1 s, v bare require of @pulumi/aws",
      value: (none - 1000) / bare,
      unit: "x",
      goal: { relation: "<=", value: 2.5 },
      detail: raw,
    },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
