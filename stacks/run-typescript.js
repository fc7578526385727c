const { Module } = require("node:module");
const { dirname } = require("node:path");
const { buildSync } = require("esbuild");

/**
 * Loads a TypeScript program without type checking, which `npm test` does, and returns its exports. One pass of
 * esbuild over all of its files takes less than loading a TypeScript compiler would: `pulumi up` starts at once.
 *
 * @param {string} entry absolute path of the program; its folder is `__dirname` to each of its files
 */
module.exports = function runTypescript(entry) {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    sourcemap: "inline",
    write: false,
    outdir: dirname(entry),
  });
  process.setSourceMapsEnabled(true);
  // Pulumi's own mapping shadows Node's, and makes of its frames paths on which Node 20 takes minutes to colour a stack.
  Error.prepareStackTrace = undefined;
  const program = new Module(entry, module);
  program.filename = entry;
  program.paths = Module._nodeModulePaths(dirname(entry));
  program._compile(outputFiles[0].text, entry);
  return program.exports;
};
