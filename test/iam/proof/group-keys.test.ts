import { strict as assert } from "assert";
import { groupKeys } from "../../../iam/proof/group-keys";
import { literals, openKey, openTest } from "./atoms";

describe("the keys of a group that tests ask about", () => {
  const [a, b, again] = literals("a", "b", "a");

  it("come in alphabetical order with each atom once", () => {
    const tests = [
      openTest(1, [openKey("z", [a!], { group: "g" })]),
      openTest(2, [openKey("m", [b!], { group: "g" })]),
      openTest(3, [openKey("z", [again!, b!], { group: "g" })]),
      openTest(4, [openKey("n", [a!], { group: "other" })]),
      openTest(5, [openKey("c", [a!], { group: "g" })]),
    ];
    const found = groupKeys("g", tests);
    assert.deepEqual(
      [...found].map(([key, { atoms, compared, domain }]) => [key, atoms, compared, domain.group]),
      [
        ["c", [a], false, "g"],
        ["m", [b], false, "g"],
        ["z", [again, b], false, "g"],
      ],
    );
  });

  it("are compared when a test asks about another key too", () => {
    const tests = [
      openTest(1, [openKey("x", [a!], { group: "g" })]),
      openTest(2, [openKey("x", [], { group: "g" }), openKey("y", [], { group: "h" })]),
      openTest(3, [openKey("x", [b!], { group: "g" })]),
    ];
    const compared = (group: string) => [...groupKeys(group, tests)].map(([key, one]) => [key, one.compared]);
    assert.deepEqual([compared("g"), compared("h"), compared("none")], [[["x", true]], [["y", true]], []]);
  });
});
