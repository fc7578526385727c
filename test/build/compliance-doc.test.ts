import { strict as assert } from "assert";
import { readFileSync } from "fs";
import { join } from "path";
import { renderCompliance } from "../../build/compliance-doc";
import { controlTitles } from "../../build/control-titles";
import { rules } from "../../policies/rules";

const root = join(__dirname, "../..");

describe("docs/compliance.md", () => {
  it("is what the rules say", () => {
    assert.equal(readFileSync(join(root, "docs/compliance.md"), "utf8"), renderCompliance());
  });

  it("has every control that a rule names, with the rule", () => {
    const page = renderCompliance();
    const missing = rules.flatMap((rule) =>
      rule.frameworks.flatMap(({ name, version, reference }) => {
        const [, section = ""] = page.split(`## ${name} ${version}\n`);
        const rows = section.split("\n## ")[0]!.split("\n");
        const row = rows.find((line) => line.startsWith(`| ${reference} |`));
        return row?.includes(`(rules.md#${rule.id})`) ? [] : [`${rule.id} ${name} ${reference}`];
      }),
    );
    assert.deepEqual(missing, []);
  });

  it("says what each control of PCI DSS, HIPAA and NIST is about", () => {
    const named = rules.flatMap(({ frameworks }) => frameworks).filter(({ name }) => name in controlTitles);
    const untold = named.filter(({ name, reference }) => controlTitles[name]?.[reference] === undefined);
    assert.deepEqual([...new Set(untold.map(({ name, reference }) => `${name} ${reference}`))], []);
  });
});
