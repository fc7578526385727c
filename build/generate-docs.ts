import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderCompliance } from "./compliance-doc";
import { renderComponents } from "./components-doc";
import { renderRules } from "./rules-doc";

/** Generated page -> what writes it. A test fails when a page is stale. */
const PAGES: Readonly<Record<string, () => string>> = {
  "docs/rules.md": renderRules,
  "docs/compliance.md": renderCompliance,
  "docs/components.md": renderComponents,
};

for (const [page, render] of Object.entries(PAGES)) {
  writeFileSync(join(__dirname, "..", page), render());
  console.log(page);
}
