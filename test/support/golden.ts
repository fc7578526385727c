import { strict as assert } from "assert";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyDocument, renderPolicy } from "../../iam";

/** Compares a document with `test/golden/<name>.json`; writes the file instead when UPDATE_GOLDEN is set. */
export function assertGolden(name: string, document: PolicyDocument): void {
  const file = join(__dirname, "../golden", `${name}.json`);
  const text = `${JSON.stringify(JSON.parse(renderPolicy(document)), null, 2)}\n`;
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, text);
  assert.ok(
    existsSync(file),
    `${file} is missing: run the test with UPDATE_GOLDEN=1 and read the difference`,
  );
  assert.equal(text, readFileSync(file, "utf8"));
}
