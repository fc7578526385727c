import { strict as assert } from "assert";
import { compilePolicy, statementsOf } from "../../iam";
import { allow, deny, document } from "./worlds";

describe("compilePolicy", () => {
  it("compiles an object once", () => {
    const policy = document(allow());
    assert.equal(compilePolicy(policy), compilePolicy(policy));
  });

  it("compiles equal objects each", () => {
    assert.notEqual(compilePolicy(document(allow())), compilePolicy(document(allow())));
  });

  it("keeps the places of statements", () => {
    const { allows, denies } = compilePolicy(document(deny({ Sid: "A" }), allow(), allow({ Sid: "C" })));
    assert.deepEqual(
      [allows, denies].map((statements) => statements.map(({ index, sid }) => [index, sid])),
      [
        [
          [1, undefined],
          [2, "C"],
        ],
        [[0, "A"]],
      ],
    );
  });

  it("reads one statement without brackets as a list of one", () => {
    assert.deepEqual(statementsOf({ Statement: allow() }), [allow()]);
  });
});
