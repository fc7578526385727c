import { strict as assert } from "assert";
import { conditionProblems } from "../../iam/condition-problems";

const cases: readonly { name: string; condition: unknown; problems: readonly string[] }[] = [
  { name: "none", condition: undefined, problems: [] },
  {
    name: "a valid one",
    condition: { StringEquals: { a: ["b", 1, true] }, "ForAllValues:StringLikeIfExists": { c: "d*" } },
    problems: [],
  },
  { name: "text", condition: "x", problems: ["Condition: must be a JSON object"] },
  {
    name: "an unknown operator",
    condition: { StringMatches: { a: "b" } },
    problems: ["Condition.StringMatches: unknown operator"],
  },
  {
    name: "an operator without keys",
    condition: { StringEquals: {} },
    problems: ["Condition.StringEquals: must map condition keys to values"],
  },
  {
    name: "no values",
    condition: { StringEquals: { a: [] } },
    problems: ["Condition.StringEquals.a: must be a value or a list of values"],
  },
  {
    name: "an object as value",
    condition: { StringEquals: { a: {} } },
    problems: ["Condition.StringEquals.a: must be a value or a list of values"],
  },
  {
    name: "a key in two cases",
    condition: { Bool: { "aws:X": "true", "AWS:x": "true" } },
    problems: ["Condition.Bool.AWS:x: given more than once (keys have no case)"],
  },
];

describe("a condition's problems", () => {
  for (const { name, condition, problems } of cases) {
    it(name, () => {
      assert.deepEqual(conditionProblems(condition), problems);
    });
  }
});
