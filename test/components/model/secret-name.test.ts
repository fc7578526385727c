import { strict as assert } from "assert";
import * as fc from "fast-check";
import { nameFor, secretNameFault } from "../../../components/model";

describe("a secret's name", () => {
  const suffix = "a name that does not end in a hyphen and six characters";
  const characters = "1 to 512 characters of A-Z a-z 0-9 / _ + = . @ -";
  const cases: readonly (readonly [name: string, fault: string | undefined])[] = [
    ["orders/database", undefined],
    ["orders/database-admin", undefined],
    ["a", undefined],
    ["x".repeat(512), undefined],
    ["orders-12345", undefined],
    ["orders-1234567", undefined],
    ["orders-123456", suffix],
    ["orders/database-secret", suffix],
    ["a-b-c/d=ef", suffix],
    ["x".repeat(513), characters],
    ["", characters],
    ["orders database", characters],
    ["orders:database", characters],
    ["orders/*", characters],
  ];
  for (const [name, fault] of cases)
    it(`${JSON.stringify(name.slice(0, 30))} ${fault === undefined ? "is sound" : `should be ${fault}`}`, () => {
      assert.equal(secretNameFault(name), fault);
    });
});

describe("a physical name for something of a secret", () => {
  it("is readable where it can be", () => {
    assert.equal(nameFor("strongroom-rotate", "orders/database"), "strongroom-rotate-orders_database");
  });

  it("is told apart by a checksum where characters are lost", () => {
    assert.notEqual(nameFor("r", "orders/database"), nameFor("r", "orders_database"));
    assert.notEqual(nameFor("r", "x".repeat(100)), nameFor("r", "x".repeat(101)));
  });

  it("is one that Lambda and IAM take, for every secret, and of no other secret", () => {
    const secretName = fc.stringMatching(/^[A-Za-z0-9/_+=.@-]{1,80}$/);
    fc.assert(
      fc.property(secretName, secretName, (one, other) => {
        const name = nameFor("strongroom-rotate", one);
        assert.match(name, /^[A-Za-z0-9_-]{1,64}$/);
        if (one !== other) assert.notEqual(name, nameFor("strongroom-rotate", other));
      }),
    );
  });
});
