import { strict as assert } from "assert";
import { contextValue } from "../../iam/context-value";

describe("a value of the context", () => {
  it("is the request's own, never one that every object has", () => {
    const context = { "aws:username": "alice", "aws:tagkeys": ["a", "b"] };
    assert.deepEqual(
      ["aws:username", "aws:tagkeys", "aws:sourcevpc", "constructor", "__proto__"].map((key) =>
        contextValue(context, key),
      ),
      ["alice", ["a", "b"], undefined, undefined, undefined],
    );
  });
});
