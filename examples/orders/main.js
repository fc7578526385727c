module.exports = require("../../stacks/run-typescript")(require.resolve("./index.ts"));
