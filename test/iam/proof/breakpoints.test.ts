import { strict as assert } from "assert";
import { addressesAround, numbersAround, timesAround } from "../../../iam/proof/breakpoints";

describe("values around the bounds of policies", () => {
  it("are whole numbers at and beside each", () => {
    assert.deepEqual(
      [
        numbersAround(["5", "7"]),
        numbersAround(["10", "x", "5"]),
        numbersAround(["2.5"]),
        numbersAround(["x"]),
      ],
      [["4", "5", "6", "7", "8"], ["4", "5", "6", "9", "10", "11"], ["2", "3"], []],
    );
  });

  it("are seconds at and beside each time", () => {
    assert.deepEqual(
      [timesAround([5000]), timesAround([5500]), timesAround([10000, 5000])],
      [
        [4000, 5000, 6000],
        [5000, 6000],
        [4000, 5000, 6000, 9000, 10000, 11000],
      ],
    );
  });

  it("are the ends of ranges and the addresses beside them, of both families", () => {
    assert.deepEqual(addressesAround(["10.0.0.0/8", "2001:db8::/127"]), [
      "198.51.100.77",
      "10.0.0.0",
      "11.0.0.0",
      "9.255.255.255",
      "10.255.255.255",
      "2001:db8:0:0:0:0:0:77",
      "2001:db8:0:0:0:0:0:0",
      "2001:db8:0:0:0:0:0:2",
      "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
      "2001:db8:0:0:0:0:0:1",
    ]);
  });

  it("are none of what is no range", () => {
    assert.deepEqual(addressesAround(["x", "10.0.0.0/33"]), addressesAround([]));
  });

  it("stay above nought", () => {
    assert.deepEqual(addressesAround(["0.0.0.0/8"]), [
      "198.51.100.77",
      "0.0.0.0",
      "1.0.0.0",
      "0.255.255.255",
      "2001:db8:0:0:0:0:0:77",
    ]);
  });

  it("stay within the family", () => {
    assert.deepEqual(addressesAround(["0.0.0.0/0"]).slice(0, 3), [
      "198.51.100.77",
      "0.0.0.0",
      "255.255.255.255",
    ]);
  });
});
