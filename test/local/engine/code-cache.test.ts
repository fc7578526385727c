import { strict as assert } from "assert";
import { execFileSync } from "child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { buildSync } from "esbuild";
import { codeCacheVariable } from "../../../local/engine/code-cache-variable";

const root = join(__dirname, "../../..");

/** What a module can see of how it was loaded. */
const probe = `#!/usr/bin/env node
const { sep } = require("path");
const here = require.resolve("./part");
const part = require("./part");
const place = (() => { try { throw new Error("x"); } catch (error) { return error.stack.split("\\n")[1].trim(); } })();
require("./esm").then((ends) => console.log(JSON.stringify({
  args: process.argv.slice(2), dirname: __dirname, filename: __filename, sep, here, part, place, ends: ends.default,
  isMain: require.main === module, isThis: this === module.exports, cached: Object.keys(require.cache).sort(),
  children: module.children.map((child) => child.id), extensions: Object.keys(require.extensions),
  lookup: require.resolve.paths("x"),
})));
`;
const part = `module.exports = [1, module.parent && module.parent.filename, new Error("first line").stack.split("\\n")[1].trim()];`;

describe("programs whose compiled code is kept", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-code-cache-"));
  const preload = join(folder, "preload/code-cache.js");
  const program = join(folder, "program.js");
  const caches = join(folder, "kept");
  const cacheFile = () => join(caches, readdirSync(caches)[0]!);

  before(() => {
    const entryPoints = [join(root, "local/engine/code-cache.ts")];
    buildSync({ entryPoints, bundle: true, platform: "node", target: "node20", outfile: preload });
    writeFileSync(program, probe);
    writeFileSync(join(folder, "part.js"), part);
    writeFileSync(join(folder, "esm.js"), 'module.exports = import("./ends.mjs");');
    writeFileSync(join(folder, "ends.mjs"), "export default 'with import';");
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...preloads: string[]): unknown => {
    const env = { ...process.env, [codeCacheVariable]: join(caches, "program.cache") };
    const words = [...preloads, program, "127.0.0.1:1", "-x"];
    return JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8", env }));
  };
  const runKept = () => run("--require", preload);

  it("see what they would see without", () => {
    const plain = run() as { readonly cached: readonly string[]; readonly part: readonly unknown[] };
    assert.deepEqual(plain.part.slice(0, 2), [1, program]);
    const kept = runKept() as typeof plain;
    assert.deepEqual({ ...kept, cached: kept.cached.filter((file) => file !== preload) }, plain);
  });

  it("keep what was compiled in one file, and run the same from it without writing it again", () => {
    const [first] = readdirSync(caches);
    assert.match(first!, /^program\.cache\.v\d+\.\d+\.\d+$/);
    const { mtimeMs, size } = statSync(cacheFile());
    const kept = runKept();
    assert.deepEqual(runKept(), kept);
    assert.deepEqual([statSync(cacheFile()).mtimeMs, statSync(cacheFile()).size], [mtimeMs, size]);
  });

  it("take no code of another text of the same length", () => {
    writeFileSync(join(folder, "part.js"), part.replace("[1,", "[2,"));
    assert.equal((runKept() as { part: unknown[] }).part[0], 2);
    writeFileSync(join(folder, "part.js"), part);
    assert.equal((runKept() as { part: unknown[] }).part[0], 1);
  });

  it("keep the code of files that this run did not load", () => {
    writeFileSync(program, probe.replace('require("./part")', "[1, __filename]"));
    runKept();
    assert.ok(readFileSync(cacheFile(), "utf8").includes(JSON.stringify(join(folder, "part.js"))));
    writeFileSync(program, probe);
  });

  for (const [what, damage] of [
    ["damaged", (file: string) => writeFileSync(file, "damaged")],
    ["cut off", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, -1000))],
    ["empty", (file: string) => writeFileSync(file, "")],
  ] as const) {
    it(`run past a cache that is ${what}`, () => {
      const kept = runKept();
      damage(cacheFile());
      assert.deepEqual(runKept(), kept);
    });
  }

  it("run where nothing can be kept", () => {
    const kept = runKept();
    rmSync(caches, { recursive: true });
    writeFileSync(caches, "a file in the place of the folder");
    assert.deepEqual(runKept(), kept);
  });
});
