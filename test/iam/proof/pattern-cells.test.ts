import { strict as assert } from "assert";
import { tokenizeGlob, tokenizeLiteral } from "../../../iam/glob";
import { arnCells, Cell, Cells, globCells, ignoringCase } from "../../../iam/proof/pattern-cells";

const text = (cells: Cells | undefined) => cells?.map(cellText).join(" ");
const cellText = ({ characters, withoutColon, run }: Cell) =>
  `${characters ?? (withoutColon === true ? "[^:]" : ".")}${run === true ? "*" : ""}`;
const arn = (pattern: string) => text(arnCells(tokenizeGlob(pattern)));

describe("the cells of a pattern", () => {
  it("of a glob take any character for a wildcard", () => {
    assert.deepEqual(
      [text(globCells(tokenizeGlob("a?*:"))), text(globCells(tokenizeLiteral("?*"))), text(globCells([]))],
      ["a . .* :", "? *", ""],
    );
  });

  it("of an ARN take no colon in the first five parts", () => {
    assert.deepEqual(
      [arn("a?:*:c:d:e:f*?"), arn("a:b:c:d:e?:*"), arn("a:b:c:d:e:f:*")],
      ["a [^:] : [^:]* : c : d : e : f .* .", "a : b : c : d : e [^:] : .*", "a : b : c : d : e : f : .*"],
    );
  });

  it("of one star take what has five colons", () => {
    assert.equal(arn("*"), "[^:]* : [^:]* : [^:]* : [^:]* : [^:]* : .*");
  });

  it("are none of a pattern with fewer colons", () => {
    assert.deepEqual(
      [arn("?"), arn("**"), arn("a:b:c:d:e*"), arn("")],
      [undefined, undefined, undefined, undefined],
    );
  });

  it("take letters in both cases, and leave wildcards as they are", () => {
    assert.deepEqual(ignoringCase(globCells(tokenizeGlob("aB1*?ß"))), [
      { characters: "aA" },
      { characters: "Bb" },
      { characters: "1" },
      { run: true },
      {},
      { characters: "ß" },
    ]);
  });

  it("leave out a case of several characters", () => {
    assert.deepEqual(ignoringCase([{ characters: "İ" }]), [{ characters: "İ" }]);
  });
});
