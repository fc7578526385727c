import { itCompares } from "./condition-cases";

describe("numeric operators", () => {
  itCompares("NumericEquals", [
    ["10", "10", true],
    ["10", "10.0", true],
    ["10", "11", false],
    ["10", "ten", false],
    ["ten", "ten", false],
    ["10", "", false],
    ["10", undefined, false],
    [["1", "-2.5"], "-2.5", true],
  ]);
  itCompares("NumericNotEquals", [
    ["10", "10", false],
    ["10", "11", true],
    ["10", "ten", true],
    ["10", undefined, true],
  ]);
  itCompares("NumericLessThan", [
    ["10", "9", true],
    ["10", "10", false],
    ["10", "100", false],
    ["10", undefined, false],
  ]);
  itCompares("NumericLessThanEquals", [
    ["10", "10", true],
    ["10", "10.1", false],
  ]);
  itCompares("NumericGreaterThan", [
    ["10", "100", true],
    ["10", "10", false],
    ["9", "10", true],
  ]);
  itCompares("NumericGreaterThanEquals", [
    ["10", "10", true],
    ["10", "9.9", false],
  ]);
});
