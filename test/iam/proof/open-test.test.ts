import { strict as assert } from "assert";
import { Frame } from "../../../iam/proof/frame";
import { Numbering, openTestKey, undecidable } from "../../../iam/proof/open-test";
import { KeyDomain, textDomain } from "../../../iam/proof/key-domain";
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

describe("the key of a test", () => {
  const domain = textDomain("aws:sourcevpce");
  const asking = (id: number, given: Partial<KeyDomain> = {}, key = "aws:sourcevpce") => ({
    ...openTest(id, []),
    keys: [{ key, domain: { ...domain, ...given }, atoms: [] }],
  });

  it("is the same for what asks the same of the same values", () => {
    assert.equal(openTestKey(asking(1)), openTestKey(asking(1)));
    const one = asking(1);
    assert.equal(openTestKey(one), openTestKey(one));
  });

  it("is another for another question, key, values or route", () => {
    const keys = [
      asking(1),
      asking(2),
      asking(1, {}, "aws:sourcevpc"),
      asking(1, { mayBeAbsent: false }),
      asking(1, { values: ["a"] }),
      { ...asking(1), keys: [] },
      { ...asking(1), frame: { route: "forwarded" as const } },
    ].map(openTestKey);
    assert.equal(new Set(keys).size, keys.length);
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
