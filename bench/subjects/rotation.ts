import { execFileSync } from "child_process";
import { buildSync } from "esbuild";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { gzipSync } from "zlib";
import { testPostgres } from "../../test/support/postgres";
import { RotationRig } from "../../test/support/rotation-rig";
import { Figure, median } from "../figure";

const RUNS = 9;
const root = join(__dirname, "../..");

/** Size and start of the PostgreSQL function, and the time of a whole rotation against a server on this machine. */
export async function measure(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-bench-"));
  try {
    return [...bundleFigures(folder), await rotationFigure()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bundleFigures(folder: string): Figure[] {
  const ours = bundle(folder, "function", `export { handler } from "./rotation-lambdas/handlers/postgres";`);
  const driver = bundle(folder, "driver", `export { Client } from "pg";`);
  const code = readFileSync(ours);
  const [start, driverStart] = [median(starts(folder, ours)), median(starts(folder, driver))];
  const gzipped = `${(gzipSync(code).length / 1000).toFixed(0)} kB gzipped, AWS client included`;
  const raw = `${start.toFixed(0)} ms against ${driverStart.toFixed(0)} ms for pg alone, medians of ${RUNS}`;
  return [
    {
      ...{ name: "rotation function, PostgreSQL: bundle", value: code.length / 1000, unit: "kB" },
      ...{ goal: { relation: "<=", value: 250 }, detail: gzipped },
    },
    {
      ...{ name: "rotation function, PostgreSQL: start", value: start / driverStart, unit: "x pg alone" },
      ...{ goal: { relation: "<=", value: 1.5 }, detail: raw },
    },
  ];
}

function bundle(folder: string, name: string, contents: string): string {
  const outfile = join(folder, `${name}.js`);
  const target = { bundle: true, minify: true, platform: "node", target: "node20" } as const;
  buildSync({ stdin: { contents, resolveDir: root }, outfile, external: ["pg-native"], ...target });
  return outfile;
}

/** Milliseconds that `require` takes, each in a fresh process. */
function starts(folder: string, file: string): number[] {
  const script = join(folder, "start.js");
  const before = "const start = process.hrtime.bigint();";
  const after = "console.log(Number(process.hrtime.bigint() - start) / 1e6);";
  writeFileSync(script, `${before} require(${JSON.stringify(file)}); ${after}`);
  const env = { ...process.env, STRONGROOM_ROTATION: `{"strategy":"alternating-users"}` };
  return Array.from({ length: RUNS }, () => Number(execFileSync(process.execPath, [script], { env })));
}

async function rotationFigure(): Promise<Figure> {
  const postgres = await testPostgres();
  const rig = new RotationRig(postgres, { strategy: "alternating-users" });
  const user = { username: "bench", password: "first-password-1" };
  await postgres.sql(`CREATE ROLE bench LOGIN PASSWORD '${user.password}'`);
  const masterarn = rig.addAdmin();
  const arn = rig.secrets.add("bench", rig.credential(user, { masterarn }));
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    await rig.rotate(arn);
    times.push(performance.now() - start);
  }
  return {
    ...{ name: "rotation of alternating users, four steps", value: median(times), unit: "ms" },
    goal: { relation: "<=", value: 2000 },
    detail: `PostgreSQL on this machine, secrets in memory; the slowest ${Math.max(...times).toFixed(0)} ms`,
  };
}
