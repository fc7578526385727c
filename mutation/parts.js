const { readdirSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..");

/**
 * What is broken together, and the tests that are to notice: those that mirror its folder, and no others, so that each
 * folder answers for itself and a mutant is tried in milliseconds.
 *
 * @returns {readonly { name: string, mutate: readonly string[], spec: readonly string[] }[]}
 */
module.exports = function parts() {
  const policies = foldersOf("policies").filter((name) => !["bin", "node_modules", "rules"].includes(name));
  return [
    {
      name: "iam",
      mutate: ["iam/*.ts", "iam/conditions/**/*.ts"],
      spec: ["test/iam/*.test.ts", "test/iam/conditions/**/*.test.ts"],
    },
    whole("iam/proof"),
    { name: "policies", mutate: ["policies/*.ts", "!policies/index.ts"], spec: ["test/policies/*.test.ts"] },
    ...policies.map((name) => whole(`policies/${name}`)),
    ...foldersOf("policies/rules").map((name) => whole(`policies/rules/${name}`)),
  ];
};

function whole(folder) {
  return { name: folder, mutate: [`${folder}/**/*.ts`], spec: [`test/${folder}/**/*.test.ts`] };
}

function foldersOf(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
