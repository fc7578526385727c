import { strict as assert } from "assert";
import { readFileSync } from "fs";
import { join } from "path";
import { proveAccess } from "../../iam/proof";
import { PASSED_ROLES } from "../../iam/proof/passed-roles";
import { world } from "../iam/proof/access-worlds";

const page = readFileSync(join(__dirname, "../../docs/access-proof.md"), "utf8");
/** Rows of the table under a heading, cell by cell. */
const rows = (heading: string): readonly (readonly string[])[] =>
  page
    .slice(page.indexOf(heading))
    .split(/\n(?=## )/)[0]!
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()))
    .slice(2);

describe("docs/access-proof.md", () => {
  it("names every service that a role can be passed to", () => {
    const expected = PASSED_ROLES.map(({ service, needs }) => [
      `\`${service}\``,
      [...new Set(needs.map(([action]) => `\`${action}\``))].join(", "),
    ]);
    assert.deepEqual(rows("## Followed"), expected);
  });

  it("names every way that is not followed, as the proof does", () => {
    const { notFollowed } = proveAccess(world());
    assert.equal(notFollowed.length > 0, true);
    assert.deepEqual(
      rows("## Not followed"),
      notFollowed.map(({ by, reason }) => [by, reason]),
    );
  });
});
