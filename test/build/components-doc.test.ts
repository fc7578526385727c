import { strict as assert } from "assert";
import { readFileSync } from "fs";
import { join } from "path";
import { renderComponents } from "../../build/components-doc";
import * as components from "../../components";

const root = join(__dirname, "../..");

describe("docs/components.md", () => {
  const page = renderComponents();

  it("is what the sources say", () => {
    assert.equal(readFileSync(join(root, "docs/components.md"), "utf8"), page);
  }).timeout(60_000);

  it("has every component", () => {
    const classes = Object.keys(components).filter((name) => /^[A-Z]/.test(name));
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    assert.deepEqual(headings.sort(), classes.sort());
  });

  it("says an argument's meaning and its default", () => {
    const row =
      "| `timeoutSeconds` | `number` | Seconds that one of the four steps may take, 60 to 900. Default: 120. |";
    assert.ok(page.split("\n").includes(row));
  });
});
