import { strict as assert } from "assert";
import { symbolFor } from "../../../iam/proof";
import { mayComeToMatch } from "../../../iam/proof/symbol-match";

describe("a text that may come to match", () => {
  const suffix = symbolFor({ of: "suffix of symbol-match", shape: "??????" });
  const account = symbolFor({ of: "account of symbol-match", shape: "*" });
  const arn = `arn:aws:secretsmanager:eu-west-1:1:secret:a-${suffix}`;
  const cases: readonly (readonly [name: string, pattern: string, value: string, may: boolean])[] = [
    ["a literal of the shape", arn.replace(suffix, "AbCdEf"), arn, true],
    ["a literal of another length", arn.replace(suffix, "AbCdE"), arn, false],
    ["a pattern with more after the symbol", arn.replace(suffix, "AbCdEf-*"), arn, false],
    ["a pattern with a wildcard in the symbol", arn.replace(suffix, "A*f"), arn, true],
    ["a star of the value, which is itself", "a-*", `a-*${suffix}`, true],
    ["a star of the value, which is no wildcard", "a-b", `a-*${suffix}`, false],
    [
      "a symbol of the pattern, whose stars are wildcards",
      `arn:aws:iam::${account}:role/*`,
      "arn:aws:iam::1:role/x",
      true,
    ],
    [
      "a symbol of the pattern in another place",
      `arn:aws:iam::${account}:user/*`,
      "arn:aws:iam::1:role/x",
      false,
    ],
    [
      "a part of an ARN, never across a colon",
      `arn:aws:iam::${account}:root`,
      "arn:aws:iam::1:x:root",
      false,
    ],
    ["two symbols", arn, arn, false],
    ["no symbol", "a*", "ab", false],
  ];
  for (const [name, pattern, value, may] of cases) {
    it(`${may ? "is" : "is not"} ${name}`, () =>
      assert.deepEqual([mayComeToMatch(pattern, value), mayComeToMatch(pattern, value)], [may, may]));
  }
});
