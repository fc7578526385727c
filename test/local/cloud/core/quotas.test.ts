import { strict as assert } from "assert";
import { ApiError } from "../../../../local/cloud/core/api-error";
import { Quota, Quotas } from "../../../../local/cloud/core/quotas";

const reads: Quota = { operations: ["Describe", "Get"], perSecond: 3 };
const writes: Quota = { operations: ["Put"], perSecond: 1 };

describe("quotas", () => {
  let now = 0;
  let quotas: Quotas;
  beforeEach(() => {
    now = 0;
    quotas = new Quotas(() => now);
  });

  const passes = (operation: string, account = "111111111111", region = "eu-west-1"): boolean => {
    try {
      quotas.take(account, region, operation, [reads, writes]);
      return true;
    } catch (error) {
      assert.ok(error instanceof ApiError);
      assert.equal(error.code, "ThrottlingException");
      return false;
    }
  };

  it("counts the operations of one quota together", () => {
    assert.deepEqual(
      ["Get", "Describe", "Get", "Describe"].map((name) => passes(name)),
      [true, true, true, false],
    );
  });

  it("counts each account, Region and quota for itself", () => {
    for (let call = 0; call < 3; call++) passes("Get");
    assert.deepEqual(
      [
        passes("Get"),
        passes("Get", "222222222222"),
        passes("Get", "111111111111", "eu-central-1"),
        passes("Put"),
      ],
      [false, true, true, true],
    );
  });

  it("does not count other operations", () => {
    assert.ok(Array.from({ length: 9 }, () => passes("List")).every(Boolean));
  });

  it("refills steadily, and to one second's calls at most", () => {
    for (let call = 0; call < 3; call++) passes("Get");
    now = 300;
    assert.equal(passes("Get"), false);
    now = 400;
    assert.deepEqual([passes("Get"), passes("Get")], [true, false]);
    now = 60_000;
    assert.deepEqual(
      [1, 2, 3, 4].map(() => passes("Get")),
      [true, true, true, false],
    );
  });
});
