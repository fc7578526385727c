import { strict as assert } from "assert";
import { readdirSync, readFileSync } from "fs";
import { basename, join } from "path";
import { renderRules } from "../../build/rules-doc";
import { rules } from "../../policies/rules";

const root = join(__dirname, "../..");

describe("docs/rules.md", () => {
  it("is what the rules say", () => {
    assert.equal(readFileSync(join(root, "docs/rules.md"), "utf8"), renderRules());
  });

  it("has every rule, under the name of its file", () => {
    const files = readdirSync(join(root, "policies/rules"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => basename(file))
      .filter((file) => file !== "index.ts");
    assert.deepEqual([...rules.map(({ id }) => `${id}.ts`)].sort(), files.sort());
  });

  it("gives every setting a meaning", () => {
    const silent = rules.flatMap((rule) =>
      Object.entries(rule.settings).flatMap(([name, setting]) =>
        (setting as { description?: string }).description === undefined ? [`${rule.id}.${name}`] : [],
      ),
    );
    assert.deepEqual(silent, []);
  });
});
