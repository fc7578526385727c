import { strict as assert } from "assert";
import { compileConditions, valuesOf } from "../../../iam/conditions/condition-block";
import { itCompares, itHolds } from "./condition-cases";

describe("condition blocks", () => {
  itCompares("StringEqualsIfExists", [
    ["a", undefined, true],
    ["a", "a", true],
    ["a", "b", false],
  ]);
  itCompares("StringNotEqualsIfExists", [
    ["a", undefined, true],
    ["a", "a", false],
    ["a", "b", true],
  ]);
  itCompares("ForAllValues:StringEquals", [
    [["a", "b"], ["a"], true],
    [["a", "b"], ["a", "b"], true],
    [["a", "b"], ["a", "c"], false],
    [["a", "b"], [], true],
    [["a", "b"], "", true],
    [["a", "b"], undefined, true],
    ["a", "a", true],
    ["a", "b", false],
  ]);
  itCompares("ForAnyValue:StringEquals", [
    [["a", "b"], ["c", "b"], true],
    [["a", "b"], ["c", "d"], false],
    [["a", "b"], [], false],
    [["a", "b"], undefined, false],
    ["a", "a", true],
  ]);
  itCompares("ForAllValues:StringNotEquals", [
    [["a", "b"], ["c"], true],
    [["a", "b"], ["c", "a"], false],
    [["a", "b"], undefined, true],
  ]);
  itCompares("ForAnyValue:StringNotEquals", [
    [["a", "b"], ["a", "c"], true],
    [["a", "b"], ["a", "b"], false],
    [["a", "b"], undefined, false],
  ]);
  itCompares("ForAnyValue:StringEqualsIfExists", [
    ["a", undefined, true],
    ["a", ["b"], false],
  ]);
  itCompares("ForAnyValue:StringLike", [
    ["o-strongroom/r-root/*", ["o-strongroom/r-root/ou-1/"], true],
    ["o-strongroom/r-root/*", ["o-other/r-root/ou-1/"], false],
  ]);
  itCompares("StringEquals", [
    ["a", ["b", "a"], true],
    ["a", ["b", "c"], false],
    ["a", [], false],
  ]);
  itCompares("StringNotEquals", [
    ["a", ["b", "a"], false],
    ["a", ["b", "c"], true],
    ["a", [], true],
  ]);
  itCompares("Null", [
    ["true", undefined, true],
    ["true", "a", false],
    ["false", undefined, false],
    ["false", "a", true],
    ["true", [], true],
    ["false", ["a"], true],
    ["TRUE", undefined, true],
    [["true", "false"], undefined, true],
  ]);

  itHolds([
    {
      name: "a key that every JavaScript object has",
      block: { StringNotEquals: { constructor: "a", __proto__: "${toString}" } },
      holds: true,
    },
    { name: "an empty block", block: {}, holds: true },
    {
      name: "all keys of an operator",
      block: { StringEquals: { "aws:A": "1", "aws:B": "2" } },
      context: { "aws:a": "1", "aws:b": "x" },
      holds: false,
    },
    {
      name: "all operators",
      block: { StringEquals: { "aws:A": "1" }, StringNotEquals: { "aws:B": "2" } },
      context: { "aws:a": "1", "aws:b": "2" },
      holds: false,
    },
    {
      name: "key names have no case",
      block: { StringEquals: { "AWS:PrincipalTag/Owner": "x" } },
      context: { "aws:principaltag/owner": "x" },
      holds: true,
    },
    {
      name: "numbers and truth values without quotes",
      block: { NumericEquals: { "aws:N": 10 }, Bool: { "aws:B": true } },
      context: { "aws:n": "10", "aws:b": "true" },
      holds: true,
    },
    {
      name: "an unknown operator",
      block: { StringMatches: { "aws:A": "1" } },
      context: { "aws:a": "1" },
      holds: false,
    },
    { name: "no values", block: { StringEquals: { "aws:A": [] } }, context: { "aws:a": "1" }, holds: false },
  ]);

  it("cost nothing when there are none", () => {
    assert.deepEqual([compileConditions(undefined, true), compileConditions({}, true)], [[], []]);
  });

  it("say what they ask about", () => {
    const [test] = compileConditions({ "ForAnyValue:NumericEquals": { "Aws:A": [1, 2] } }, false);
    const { holds: _, ...asked } = test!;
    assert.deepEqual(asked, {
      operator: "ForAnyValue:NumericEquals",
      key: "aws:a",
      values: ["1", "2"],
      variables: false,
    });
  });

  it("read one value as a list of one", () => {
    assert.deepEqual([valuesOf("a"), valuesOf(1), valuesOf([true, "b"])], [["a"], ["1"], ["true", "b"]]);
  });
});
