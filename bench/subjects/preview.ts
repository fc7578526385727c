import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Children } from "../../cli/children";
import { createDeployRoles } from "../../cli/deploy-roles";
import { deployerEnv } from "../../cli/deployer-env";
import { accountsFile, administrators } from "../../cli/organisation";
import { Pulumi } from "../../cli/pulumi";
import { startCloud } from "../../cli/start/cloud-process";
import { STACK } from "../../cli/start/deploy";
import { ensureEngine, prepareHome } from "../../local/engine";
import { Figure, median } from "../figure";

const ROOT = join(__dirname, "../..");
const ROUNDS = 5;

/** The preview of the environment `local`: without a pack, with an empty one, with ours; interleaved. */
export async function measure(): Promise<readonly Figure[]> {
  mkdirSync(join(ROOT, ".strongroom"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, ".strongroom/bench-"));
  const children = new Children();
  try {
    const pulumi = await deployed(folder, children);
    return await previews(pulumi, emptyPack(folder));
  } finally {
    await children.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function deployed(folder: string, children: Children): Promise<Pulumi> {
  const engine = await ensureEngine({ log: (line) => console.error(`  ${line}`) });
  const keys = administrators();
  const url = await startCloud(ROOT, folder, accountsFile(keys), children);
  await createDeployRoles(url, keys);
  const { env } = await prepareHome({ home: join(folder, "pulumi"), distDir: join(ROOT, "dist") });
  const pulumi = new Pulumi(
    engine.pulumi,
    { ...process.env, ...env, ...deployerEnv(url, keys.management) },
    children,
  );
  await pulumi.must(ROOT, ["stack", "init", STACK]);
  await pulumi.must(ROOT, ["up", "--yes", "--skip-preview", "--stack", STACK]);
  return pulumi;
}

/** A pack of one policy that looks at nothing: what any pack costs. */
function emptyPack(folder: string): string {
  const pack = join(folder, "empty-pack");
  mkdirSync(pack);
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
  writeFileSync(join(pack, "package.json"), '{"name":"empty-pack","version":"0.0.1","main":"index.js"}');
  const policy =
    '{ name: "nothing", description: "nothing", enforcementLevel: "advisory", validateStack: () => {} }';
  const program = `const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [${policy}] });\n`;
  writeFileSync(join(pack, "index.js"), program);
  return pack;
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
