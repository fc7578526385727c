module.exports = require("./run-typescript")(require.resolve("./index.ts"));
