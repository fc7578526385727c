const { readFileSync } = require("node:fs");
const { transformSync } = require("esbuild");

/* How StrykerJS's processes load TypeScript: without a type check, in a fifth of the time that ts-node takes. */
require.extensions[".ts"] = (module, filename) => {
  const options = { loader: "ts", format: "cjs", target: "node20", sourcefile: filename };
  module._compile(transformSync(readFileSync(filename, "utf8"), options).code, filename);
};
