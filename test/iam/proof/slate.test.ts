import { strict as assert } from "assert";
import { FAILS, HOLDS, Slate, UNDECIDED } from "../../../iam/proof/slate";
import { openTest } from "./atoms";

describe("the slate", () => {
  it("gives each test one place", () => {
    const slate = new Slate();
    const [a, b, again] = [openTest(7, []), openTest(8, []), openTest(7, [])];
    assert.deepEqual([slate.place(a), slate.place(b), slate.place(again), slate.place(b)], [0, 1, 0, 1]);
    assert.deepEqual([slate.tests, slate.truths, slate.inFavour], [[a, b], [UNDECIDED, UNDECIDED], true]);
  });

  const cases: readonly (readonly [truths: readonly number[], all: number])[] = [
    [[], HOLDS],
    [[HOLDS, HOLDS], HOLDS],
    [[HOLDS, UNDECIDED], UNDECIDED],
    [[UNDECIDED, HOLDS], UNDECIDED],
    [[UNDECIDED, FAILS], FAILS],
    [[FAILS, UNDECIDED], FAILS],
    [[HOLDS, FAILS], FAILS],
  ];
  for (const [truths, all] of cases) {
    it(`answers ${all} for [${truths.join()}]`, () => {
      const slate = new Slate();
      const places = truths.map((truth, index) => {
        const place = slate.place(openTest(index, []));
        slate.truths[place] = truth;
        return place;
      });
      assert.equal(slate.all(places), all);
    });
  }

  it("looks at the given places only", () => {
    const slate = new Slate();
    [FAILS, HOLDS].forEach((truth, index) => (slate.truths[slate.place(openTest(index, []))] = truth));
    assert.deepEqual([slate.all([1]), slate.all([0])], [HOLDS, FAILS]);
  });
});
