import { strict as assert } from "assert";
import { PolicyDocument, renderPolicy, sizeProblems } from "../../iam";
import { DocumentKind } from "../../iam/policy-kind";
import { allow } from "./worlds";

/** A document whose rendered text has this many characters; the filling may take more bytes each. */
function documentOf(length: number, filling = "x"): PolicyDocument {
  const empty = renderPolicy({ Id: "", Statement: [allow()] }).length;
  return { Id: filling.repeat(length - empty), Statement: [allow()] };
}

const limits: readonly { kind: DocumentKind; maximum: number; unit: string; of: string }[] = [
  { kind: "identity", maximum: 10_240, unit: "characters", of: "all inline policies of a role together" },
  { kind: "boundary", maximum: 6_144, unit: "characters", of: "a managed policy" },
  { kind: "session", maximum: 2_048, unit: "characters", of: "a session policy" },
  { kind: "resource", maximum: 20_480, unit: "characters", of: "the policy of a secret" },
  { kind: "trust", maximum: 2_048, unit: "characters", of: "the trust policy of a role (default quota)" },
  { kind: "key", maximum: 32_768, unit: "bytes", of: "a key policy" },
  { kind: "endpoint", maximum: 20_480, unit: "characters", of: "the policy of a VPC endpoint" },
  { kind: "scp", maximum: 5_120, unit: "characters", of: "a service control policy" },
  { kind: "rcp", maximum: 5_120, unit: "characters", of: "a resource control policy" },
  { kind: "function", maximum: 20_480, unit: "bytes", of: "the policy of a function" },
];

describe("sizeProblems", () => {
  for (const { kind, maximum, unit, of } of limits) {
    it(`${kind}: ${maximum} ${unit} and no more`, () => {
      assert.deepEqual(
        [sizeProblems(documentOf(maximum), kind), sizeProblems(documentOf(maximum + 1), kind)],
        [[], [`${maximum + 1} ${unit}, but AWS allows ${maximum} for ${of}`]],
      );
    });
  }

  it("counts the bytes of UTF-8, and a character outside of the first plane once", () => {
    const of = (Id: string) => ({ Id, Statement: [allow()] });
    const empty = renderPolicy(of("")).length;
    // The last and the first characters of one, two, three and four bytes.
    for (const [character, bytes] of [
      ["\u007f", 1],
      ["\u0080", 2],
      ["\u07ff", 2],
      ["\u0800", 3],
      ["\uffff", 3],
      ["\u{10000}", 4],
    ] as const) {
      const id = "x".repeat(32_768 - empty - bytes) + character;
      assert.deepEqual(
        [sizeProblems(of(id), "key"), sizeProblems(of(`${id}x`), "key")],
        [[], ["32769 bytes, but AWS allows 32768 for a key policy"]],
      );
    }
    const filling = "\u{1f511}".repeat(20_480 - empty);
    assert.deepEqual(sizeProblems(of(filling), "resource"), []);
    assert.equal(sizeProblems(of(`${filling}x`), "resource").length, 1);
  });

  it("counts bytes for a key policy, characters for a secret's", () => {
    const document = documentOf(20_480, "é");
    const bytes = Buffer.byteLength(renderPolicy(document));
    assert.deepEqual(
      [sizeProblems(document, "resource"), sizeProblems(document, "key")],
      [[], [`${bytes} bytes, but AWS allows 32768 for a key policy`]],
    );
  });
});
