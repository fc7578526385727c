import { strict as assert } from "assert";
import { Frame } from "../../../iam/proof/frame";
import { Numbering, undecidable } from "../../../iam/proof/open-test";
import { openTest } from "./atoms";

describe("the numbers of texts", () => {
  it("are the same for the same text, from nought on", () => {
    const numbering = new Numbering();
    assert.deepEqual(
      ["a", "b", "a", "c"].map((text) => numbering.of(text)),
      [0, 1, 0, 2],
    );
  });

  it("come with tests that are made once", () => {
    const numbering = new Numbering();
    const [one, other] = [openTest(1, []), openTest(2, [])];
    const asked = [
      numbering.testFor("a", () => one),
      numbering.testFor("a", () => other),
      numbering.testFor("b", () => other),
    ];
    assert.deepEqual(asked, [one, one, other]);
  });
});

describe("a test of which nothing is known", () => {
  const numbering = new Numbering();
  const frame: Frame = {
    action: "secretsmanager:GetSecretValue",
    region: "eu-west-1",
    route: "forwarded",
    resource: { arn: "arn:a", accountId: "111111111111" },
    fixed: new Map(),
    free: new Map(),
  };
  const cannotTell = { kind: "operator", subject: "StringMatches", reason: "unknown" } as const;
  const test = undecidable(numbering, frame, cannotTell, "x");

  it("says what it is about, and holds for nothing", () => {
    const { holds, ...rest } = test;
    assert.deepEqual(rest, { id: 0, keys: [], frame, cannotTell });
    assert.equal(
      holds(() => "a"),
      false,
    );
  });

  it("is told apart by kind, subject and what is given", () => {
    const ids = [
      undecidable(numbering, frame, { ...cannotTell, reason: "other" }, "x"),
      undecidable(numbering, frame, cannotTell),
      undecidable(numbering, frame, cannotTell, ""),
      undecidable(numbering, frame, { ...cannotTell, kind: "value" }, "x"),
      undecidable(numbering, frame, { ...cannotTell, subject: "y" }, "x"),
    ].map(({ id }) => id);
    assert.deepEqual(ids, [0, 1, 1, 2, 3]);
  });
});
