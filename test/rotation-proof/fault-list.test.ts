import { strict as assert } from "assert";
import { existsSync } from "fs";
import { join } from "path";
import { knownFaults } from "../../rotation-proof/fault-list";
import { faults } from "../../rotation-proof/faults";

describe("the list of known faults", () => {
  it("has each number once, and where each is shown but the one that needs AWS", () => {
    const numbers = Array.from({ length: 38 }, (_, index) => `F${index + 1}`);
    assert.deepEqual(
      knownFaults.map(({ id }) => id),
      numbers,
    );
    const shownNowhere = knownFaults.filter(
      ({ cells = [], tests = [] }) => cells.length + tests.length === 0,
    );
    assert.deepEqual(
      shownNowhere.map(({ id }) => id),
      ["F31"],
    );
  });

  it("names cells and tests that are there", () => {
    const names = ["F10/F11", ...faults.map(({ id }) => id)];
    for (const { id, cells = [], tests = [] } of knownFaults) {
      for (const cell of cells) assert.ok(names.includes(cell), `${id}: no cell ${cell}`);
      for (const test of tests) assert.ok(existsSync(join(__dirname, "..", test)), `${id}: no test ${test}`);
    }
  });
});
