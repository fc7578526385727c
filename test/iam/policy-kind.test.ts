import { strict as assert } from "assert";
import { DOCUMENT_SHAPES } from "../../iam/policy-kind";

describe("the shapes of documents", () => {
  it("are as AWS's grammar has them", () => {
    assert.deepEqual(
      Object.entries(DOCUMENT_SHAPES)
        .map(
          ([kind, { principal, notPrincipal, resource }]) =>
            `${kind}: ${principal} ${notPrincipal} ${resource}`,
        )
        .sort(),
      [
        "boundary: forbidden forbidden required",
        "endpoint: required optional required",
        "function: required optional required",
        "identity: forbidden forbidden required",
        "key: required optional required",
        "rcp: required forbidden required",
        "resource: required optional required",
        "scp: forbidden forbidden required",
        "session: forbidden forbidden required",
        "trust: required forbidden forbidden",
      ],
    );
  });
});
