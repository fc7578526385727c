import { strict as assert } from "assert";
import { Condition, symbolFor } from "../../../iam/proof";
import { keyCondition, writtenKey } from "../../../iam/proof/condition-text";

describe("the words of a condition", () => {
  const suffix = symbolFor({ of: "suffix of secret words", shape: "??????" });
  const cases: readonly (readonly [given: Partial<Condition>, text: string])[] = [
    [{ absent: "must be", anyOf: ["a"] }, "without k"],
    [{}, "k is given"],
    [{ absent: "may be" }, "k is given"],
    [{ anyOf: ["a"] }, "k is a"],
    [{ anyOf: ["a", "b"] }, "k is a or b"],
    [{ anyOf: ["a", "b", "c"] }, "k is a, b or c"],
    [{ noneOf: ["a"] }, "k is not a"],
    [{ anyOf: ["a"], noneOf: ["b", "c"] }, "k is a and is not b or c"],
    [{ anyOf: ["a"], absent: "may be" }, "k is a or is absent"],
    [{ noneOf: ["a"], absent: "may be" }, "k is not a"],
    [{ anyOf: [`new-${suffix}`] }, "k is new-<suffix of secret words>"],
  ];
  for (const [given, text] of cases) {
    it(text, () => {
      const condition = { key: "k", anyOf: [], noneOf: [], absent: "must not be" as const, ...given };
      assert.deepEqual(keyCondition(condition), { ...condition, text });
    });
  }
});

describe("a key as AWS writes it", () => {
  const cases: Readonly<Record<string, string>> = {
    "aws:sourcevpce": "aws:SourceVpce",
    "secretsmanager:versionstage": "secretsmanager:VersionStage",
    "aws:principaltag/team": "aws:PrincipalTag/team",
    "aws:resourcetag/a/b": "aws:ResourceTag/a/b",
    "aws:requesttag/": "aws:RequestTag/",
    "x/aws:principaltag/team": "x/aws:principaltag/team",
    "aws:notakey": "aws:notakey",
    "session name": "session name",
  };
  for (const [key, written] of Object.entries(cases)) it(key, () => assert.equal(writtenKey(key), written));
});
