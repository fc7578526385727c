import { readFileSync, renameSync, statSync, writeFileSync } from "fs";
import { createRequire, Module } from "module";
import { dirname } from "path";
import { Script } from "vm";

/** By then a plugin has run the code that every start runs; the cache holds what was compiled until it is made. */
const WARM_AFTER_MS = 400;

/**
 * Runs the bundle that the first argument names as if Node had been started with it, from V8's code cache beside it: a
 * preview starts five plugins one after the other, and compiling is a third of their start. The cache is written by the
 * first run, and again when the bundle or Node has changed; without a place to write, each run compiles.
 */
function runCached(bundle: string): void {
  process.argv.splice(1, 1);
  const { size, mtimeMs } = statSync(bundle);
  // V8 itself compares no more of the source than its length.
  const cache = `${bundle}.${size}-${Math.floor(mtimeMs)}-${process.version}.cache`;
  const cachedData = contentOf(cache);
  const source = Module.wrap(readFileSync(bundle, "utf8").replace(/^#!.*/, ""));
  const script = new Script(source, { filename: bundle, cachedData });
  if (cachedData === undefined || script.cachedDataRejected === true) {
    setTimeout(() => keep(cache, script.createCachedData()), WARM_AFTER_MS).unref();
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle));
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Whole or not at all; two processes may write at once. */
function keep(file: string, data: Buffer): void {
  const temporary = `${file}.${process.pid}`;
  try {
    writeFileSync(temporary, data);
    renameSync(temporary, file);
  } catch {
    // A folder that cannot be written only costs the next start its cache.
  }
}

runCached(process.argv[2]!);
