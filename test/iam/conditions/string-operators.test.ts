import { strict as assert } from "assert";
import { holds, itCompares, itHolds } from "./condition-cases";

describe("string operators", () => {
  itCompares("StringEquals", [
    ["orders", "orders", true],
    ["orders", "Orders", false],
    [["a", "b"], "b", true],
    ["ord*", "orders", false],
    ["ord*", "ord*", true],
    ["orders", undefined, false],
    ["", "", true],
  ]);
  itCompares("StringNotEquals", [
    ["orders", "orders", false],
    ["orders", "billing", true],
    [["orders", "billing"], "billing", false],
    ["orders", undefined, true],
  ]);
  itCompares("StringEqualsIgnoreCase", [
    ["Orders", "oRDERS", true],
    ["orders", "billing", false],
    ["ord*", "orders", false],
    ["orders", undefined, false],
  ]);
  itCompares("StringNotEqualsIgnoreCase", [
    ["Orders", "oRDERS", false],
    ["orders", "billing", true],
    ["orders", undefined, true],
  ]);
  itCompares("StringLike", [
    ["ord*", "orders", true],
    ["ord???", "orders", true],
    ["ORD*", "orders", false],
    ["ord??", "orders", false],
    ["${*}", "*", true],
    ["${*}", "x", false],
    ["a${?}", "a?", true],
    ["a${?}", "ab", false],
    ["ord*", undefined, false],
  ]);
  itCompares("StringNotLike", [
    ["ord*", "orders", false],
    ["ord*", "billing", true],
    ["ord*", undefined, true],
  ]);

  itHolds([
    {
      name: "a variable with a value",
      block: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
      context: { "aws:resourcetag/team": "blue", "aws:principaltag/team": "blue" },
      holds: true,
    },
    {
      name: "a variable with another value",
      block: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
      context: { "aws:resourcetag/team": "blue", "aws:principaltag/team": "red" },
      holds: false,
    },
    {
      name: "a variable in another case, ignoring case",
      block: { StringEqualsIgnoreCase: { "aws:ResourceTag/team": "x-${aws:PrincipalTag/team}" } },
      context: { "aws:resourcetag/team": "X-BLUE", "aws:principaltag/team": "Blue" },
      holds: true,
    },
    {
      name: "a variable without a value equals nothing",
      block: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
      context: { "aws:resourcetag/team": "blue" },
      holds: false,
    },
    {
      name: "a variable without a value is unlike everything",
      block: { StringNotEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
      context: { "aws:resourcetag/team": "blue" },
      holds: true,
    },
    {
      name: "a star in a variable's value is a star",
      block: { StringLike: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
      context: { "aws:resourcetag/team": "blue", "aws:principaltag/team": "*" },
      holds: false,
    },
  ]);

  it("have no variables in a document of version 2008-10-17", () => {
    const block = { StringEquals: { "aws:Key": "${aws:username}" } };
    assert.deepEqual(
      ["alice", "${aws:username}"].map((value) =>
        holds(block, { "aws:key": value, "aws:username": "alice" }, false),
      ),
      [false, true],
    );
  });
});
