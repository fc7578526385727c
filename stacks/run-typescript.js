const { Module, SourceMap } = require("node:module");
const { basename, dirname, join, resolve } = require("node:path");
const compileTypescript = require("./compile-typescript");

/**
 * Loads a TypeScript program without type checking, which `npm test` does, and returns its exports. One pass of
 * esbuild takes less than loading a TypeScript compiler would, and none is needed until a file changes.
 *
 * @param {string} entry absolute path of the program, which exports a function; its folder is `__dirname` to each file
 */
module.exports = function runTypescript(entry) {
  const folder = dirname(entry);
  const { code, map } = compileTypescript(entry, join(__dirname, "../.strongroom/programs"));
  // Pulumi's own mapping costs a tenth of a preview, and makes of its frames paths that Node 20 takes minutes to colour.
  Error.prepareStackTrace = undefined;
  const program = new Module(entry, module);
  program.filename = entry;
  program.paths = Module._nodeModulePaths(folder);
  program._compile(code, entry);
  return async (...args) => {
    try {
      return await program.exports(...args);
    } catch (error) {
      throw inSources(error, entry, map);
    }
  };
};

/** The error with the lines of the sources in its stack. Node's own mapping would read the maps of all packages first. */
function inSources(error, entry, map) {
  if (typeof error?.stack !== "string") return error;
  const sources = new SourceMap(JSON.parse(map));
  const place = new RegExp(`${basename(entry)}:(\\d+):(\\d+)`, "g");
  error.stack = error.stack.replaceAll(`${dirname(entry)}/`, "").replace(place, (found, line, column) => {
    const { originalSource, originalLine, originalColumn } = sources.findEntry(line - 1, column - 1);
    if (originalSource === undefined) return found;
    return `${resolve(dirname(entry), originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
  });
  return error;
}
