import { strict as assert } from "assert";
import { execFileSync } from "child_process";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { buildSync } from "esbuild";

const root = join(__dirname, "../../..");

describe("a bundle run from its code cache", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-run-cached-"));
  const runner = join(folder, "run-cached.js");
  const bundle = join(folder, "program.js");
  const wait = "setTimeout(() => {}, 600);";
  const program = `#!/usr/bin/env node\nconst { sep } = require("path");\n${wait}\nconsole.log(JSON.stringify([process.argv.slice(2), __filename, sep]));`;

  before(() => {
    const entryPoints = [join(root, "local/engine/run-cached.ts")];
    buildSync({ entryPoints, bundle: true, platform: "node", target: "node20", outfile: runner });
    writeFileSync(bundle, program);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = () =>
    execFileSync(process.execPath, [runner, bundle, "127.0.0.1:1", "-x"], { encoding: "utf8" }).trim();
  const caches = () => readdirSync(folder).filter((name) => name.endsWith(".cache"));

  it("runs as if Node had been started with it", () => {
    assert.deepEqual(JSON.parse(run()), [["127.0.0.1:1", "-x"], bundle, "/"]);
  });

  it("has kept what it compiled, and runs the same from it", () => {
    assert.equal(caches().length, 1);
    assert.deepEqual(JSON.parse(run()), [["127.0.0.1:1", "-x"], bundle, "/"]);
    assert.equal(caches().length, 1);
  });

  it("takes no cache of another bundle of the same length", () => {
    writeFileSync(bundle, program.replace("slice(2)", "slice(3)"));
    utimesSync(bundle, new Date(0), new Date(1_000));
    assert.deepEqual(JSON.parse(run()), [["-x"], bundle, "/"]);
  });

  it("runs past a damaged cache", () => {
    for (const name of caches()) writeFileSync(join(folder, name), "damaged");
    assert.deepEqual(JSON.parse(run()), [["-x"], bundle, "/"]);
  });
});
