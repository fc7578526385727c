// Starts the program without type checking, which `npm test` does: `pulumi up` is several seconds faster.
require("ts-node").register({ transpileOnly: true, cwd: __dirname });
module.exports = require("./index.ts");
