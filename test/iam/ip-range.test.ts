import { strict as assert } from "assert";
import { inRange, parseRange } from "../../iam/ip-range";

const inside: readonly (readonly [string, string, boolean])[] = [
  ["203.0.113.0/24", "203.0.113.255", true],
  ["203.0.113.0/24", "203.0.112.255", false],
  ["203.0.113.77/24", "203.0.113.1", true],
  ["0.0.0.0/0", "255.255.255.255", true],
  ["10.0.0.1/32", "10.0.0.2", false],
  ["::1", "0:0:0:0:0:0:0:1", true],
  ["::/0", "2001:db8::1", true],
  ["::/0", "10.0.0.1", false],
  ["2001:DB8::/33", "2001:db8:8000::1", false],
  ["::ffff:203.0.113.0/120", "::ffff:203.0.113.9", true],
  ["::ffff:203.0.113.0/120", "::ffff:cb00:7109", true],
  ["10.0.0.0/8", "no address", false],
  ["10.0.0.0/8", "::10.0.0.1", false],
  ["::/96", "::10.0.0.1", true],
  ["2001:db8::/32", "2001:0db8:0000:0000:0000:0000:0000:0001", true],
  ["1:2:3:4:5:6:7:0/128", "1:2:3:4:5:6:7::", true],
  ["::2:3:4:5:6:7:8/128", "0:2:3:4:5:6:7:8", true],
];

const malformed = [
  "",
  "10.0.0",
  "10.0.0.256",
  "10.0.0.0/33",
  "10.0.0.0/",
  "10.0.0.0/8/8",
  "::/129",
  "10.0.0.0/x8",
  "10.0.0.0/8x",
  "10.0.0.0/+8",
  "10.0.0.0/0008",
  "10.0.0.1x",
  "x10.0.0.1",
  "10.0.0.0001",
  "1::2::3",
];
const malformedV6 = [
  ":::",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "g::",
  "1:2:3:4:5:6:7::8",
  "::10.0.0.1:1",
  "::10.0.0.256",
  "::00001",
  "::1x",
  "::x1",
  "10.0.0.1::",
  "1:2:3:4:5:6:7:8::",
  "10.0.0.a",
];

describe("IP ranges", () => {
  for (const [range, address, expected] of inside) {
    it(`${range} ${expected ? "holds" : "does not hold"} ${address}`, () => {
      assert.equal(inRange(address, parseRange(range)!), expected);
    });
  }

  for (const text of [...malformed, ...malformedV6]) {
    it(`"${text}" is none`, () => {
      assert.equal(parseRange(text), undefined);
    });
  }
});
