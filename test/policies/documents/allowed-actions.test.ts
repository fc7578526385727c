import { strict as assert } from "assert";
import { Statement } from "../../../iam";
import { mayAllow } from "../../../policies/documents/allowed-actions";

describe("whether a document may allow an action", () => {
  const cases: readonly (readonly [string, object, string, boolean])[] = [
    ["by its name", { Action: "s3:GetObject" }, "s3:GetObject", true],
    ["in another case", { Action: "S3:getobject" }, "s3:GetObject", true],
    ["in a list", { Action: ["s3:PutObject", "s3:GetObject"] }, "s3:GetObject", true],
    ["not by another name", { Action: ["s3:PutObject"] }, "s3:GetObject", false],
    ["by a star", { Action: "s3:Get*" }, "s3:GetObject", true],
    ["by a question mark", { Action: "s3:GetObjec?" }, "s3:GetObject", true],
    ["not by another pattern", { Action: ["s3:Put*", "s3:GetObject?"] }, "s3:GetObject", false],
    ["by one pattern of several", { Action: ["s3:Put*", "s3:*"] }, "s3:GetObject", true],
    ["by whatever is not excepted, without a look at what is", { NotAction: "s3:*" }, "s3:GetObject", true],
    ["not by a statement that denies", { Effect: "Deny", Action: "*" }, "s3:GetObject", false],
    [
      "not by exceptions of a statement that denies",
      { Effect: "Deny", NotAction: "*" },
      "s3:GetObject",
      false,
    ],
  ];
  for (const [name, statement, action, expected] of cases) {
    it(name, () => {
      const Statement = [{ Effect: "Allow", Resource: "*", ...statement } as Statement];
      assert.equal(mayAllow({ Version: "2012-10-17", Statement }, action), expected);
    });
  }
});
