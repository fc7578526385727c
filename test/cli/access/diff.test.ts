import { strict as assert } from "assert";
import { differenceOf } from "../../../cli/access/diff";
import { row } from "./rows";

describe("the difference in who can read", () => {
  const other = row({ key: "other", reader: "other" });
  const wider = row({ when: [{ regions: ["eu-west-1"], conditions: "always" }] });
  const cases = [
    { name: "is none between equal lists", before: [row(), other], after: [other, row()], is: [[], [], []] },
    { name: "is who is new", before: [row()], after: [row(), other], is: [[other], [], []] },
    { name: "is who is gone", before: [row(), other], after: [row()], is: [[], [other], []] },
    {
      name: "is who reads under other conditions",
      before: [row()],
      after: [wider],
      is: [[], [], [[row(), wider]]],
    },
    {
      name: "is by secret",
      before: [row()],
      after: [row({ secret: "payments" })],
      is: [[row({ secret: "payments" })], [row()], []],
    },
  ];
  for (const { name, before, after, is } of cases) {
    it(name, () => {
      const { added, removed, changed } = differenceOf(before, after);
      assert.deepEqual([added, removed, changed.map((one) => [one.before, one.after])], is);
    });
  }
});
