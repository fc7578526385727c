import { strict as assert } from "assert";
import * as fc from "fast-check";
import { canMatchUnder, fitsEveryName, urnMatcher } from "../../../policies/waivers/urn-glob";

const prefix = "urn:pulumi:dev::orders::";

describe("the URN of a waiver", () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ["urn:pulumi:dev::orders::aws:kms/key:Key::main", true],
    ["urn:pulumi:*::orders::*::main", true],
    ["*::main", true],
    ["urn:pulumi:prod::*::main", false],
    ["urn:pulumi:dev::billing::*::main", false],
    ["urn:pulumi:dev::orders", false],
    ["urn:pulumi:d?v::orders::*::a", true],
    ["urn:pulumi:d?::orders::*::a", false],
  ];
  for (const [glob, can] of cases) {
    it(`${glob} ${can ? "can" : "cannot"} be about a resource of the stack`, () =>
      assert.equal(canMatchUnder(glob, prefix), can));
  }

  it("can be about the stack whenever it fits a resource of it", () => {
    const piece = fc.constantFrom("*", "?", ":", "a", "b", "::");
    const text = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(""));
    const plain = text.map((one) => one.replace(/[*?]/g, "a"));
    fc.assert(
      fc.property(text, plain, plain, (glob, start, rest) => {
        if (urnMatcher(glob)(start + rest)) assert.ok(canMatchUnder(glob, start), `${glob} ${start} ${rest}`);
      }),
      { numRuns: 2_000 },
    );
  });

  it("fits every name when its last part says nothing", () => {
    const all = ["*", "?*", "a*", "urn:pulumi:dev::orders::aws:kms/key:Key::*", "a::?", "::"];
    const some = ["a::b", "a::b*", "urn:pulumi:dev::orders::aws:kms/key:Key::main"];
    assert.deepEqual([...all, ...some].map(fitsEveryName), [
      ...all.map(() => true),
      ...some.map(() => false),
    ]);
  });
});
