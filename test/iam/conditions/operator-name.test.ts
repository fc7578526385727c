import { strict as assert } from "assert";
import { readOperatorName } from "../../../iam/conditions/operator-name";

const OPERATORS = [
  ...["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
  ...["StringLike", "StringNotLike"],
  ...["NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals"],
  ...["NumericGreaterThan", "NumericGreaterThanEquals"],
  ...["DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals"],
  ...["DateGreaterThan", "DateGreaterThanEquals"],
  ...["Bool", "BinaryEquals", "IpAddress", "NotIpAddress"],
  ...["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
];

describe("names of operators", () => {
  for (const base of OPERATORS) {
    it(`${base}, alone and with what may stand before and after`, () => {
      const read = [base, `${base}IfExists`, `ForAllValues:${base}`, `ForAnyValue:${base}IfExists`].map(
        (name) => {
          const operator = readOperatorName(name);
          return operator?.kind === "comparison" && [operator.operator.name, operator.set, operator.ifExists];
        },
      );
      assert.deepEqual(read, [
        [base, undefined, false],
        [base, undefined, true],
        [base, "ForAllValues", false],
        [base, "ForAnyValue", true],
      ]);
    });
  }

  it("Null stands alone", () => {
    assert.deepEqual(["Null", "NullIfExists", "ForAllValues:Null"].map(readOperatorName), [
      { kind: "null" },
      undefined,
      undefined,
    ]);
  });

  it("others are unknown", () => {
    const unknown = [
      "StringMatches",
      "stringequals",
      "ForSomeValues:StringEquals",
      "",
      "IfExists",
      "BoolNot",
      "ForAllValues:",
      "xStringEquals",
      "StringEqualsIfExistsX",
    ];
    assert.deepEqual(
      unknown.map(readOperatorName),
      unknown.map(() => undefined),
    );
  });
});
