import { strict as assert } from "assert";
import { actionView } from "../../../iam/proof/action-view";
import { allow, attached, deny } from "../worlds";

describe("a document as far as it is about an action", () => {
  const { policy } = attached(
    "p",
    allow({ Action: "a:Read" }),
    allow({ Action: "a:*" }),
    allow(),
    allow({ NotAction: "a:Read" }),
    deny({ Action: "a:Write" }),
    deny({ Action: "a:Read" }),
  );
  const view = (action: string) => {
    const { allows, denies, document } = actionView(policy, action);
    assert.equal(document, policy.document);
    return [allows.map(({ index }) => index), denies.map(({ index }) => index)];
  };

  it("has the statements that are", () => {
    assert.deepEqual(
      [view("a:read"), view("a:write"), view("b:read")],
      [
        [[0, 1, 2], [5]],
        [[1, 2, 3], [4]],
        [[2, 3], []],
      ],
    );
  });

  it("is made once", () => {
    assert.equal(actionView(policy, "a:read"), actionView(policy, "a:read"));
    assert.notEqual(actionView(policy, "a:read"), actionView(policy, "a:write"));
  });
});
