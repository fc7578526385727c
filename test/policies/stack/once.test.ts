import { strict as assert } from "assert";
import { once } from "../../../policies/stack/once";

describe("a function that is called once", () => {
  it("is called once for each object", () => {
    const calls: object[] = [];
    const [a, b] = [{ of: "a" }, { of: "b" }];
    const name = once((key: { readonly of: string }) => {
      calls.push(key);
      return `found ${key.of}`;
    });
    assert.deepEqual([a, b, a, a, b].map(name), ["found a", "found b", "found a", "found a", "found b"]);
    assert.deepEqual(calls, [a, b]);
  });

  it("is not called again when it found nothing", () => {
    let calls = 0;
    const nothing = once((_: object): undefined => {
      calls += 1;
    });
    const key = {};
    assert.deepEqual([nothing(key), nothing(key), calls], [undefined, undefined, 1]);
  });
});
