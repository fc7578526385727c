import { strict as assert } from "assert";
import { Atom, atomKey, atomOf, literalAtom } from "../../../iam/proof/atom";

const shape = (atom: Atom | undefined) =>
  atom && {
    family: atom.family,
    text: atom.text,
    bound: atom.bound,
    cells: atom.cells?.map(({ characters, withoutColon, run }) =>
      [characters ?? (withoutColon === true ? "[^:]" : "."), run === true ? "*" : ""].join(""),
    ),
  };

describe("the atom of a policy's value", () => {
  const cases: readonly {
    readonly operator: string;
    readonly value: string;
    readonly atom: ReturnType<typeof shape>;
    readonly matching?: string;
    readonly other?: string;
  }[] = [
    {
      operator: "StringEquals",
      value: "a*",
      atom: { family: "text", text: "a*", bound: undefined, cells: ["a", "*"] },
      matching: "a*",
      other: "ab",
    },
    {
      operator: "StringNotLikeIfExists",
      value: "a*",
      atom: { family: "text", text: "a*", bound: undefined, cells: ["a", ".*"] },
      matching: "ab",
      other: "b",
    },
    {
      operator: "ForAnyValue:StringLike",
      value: "a?",
      atom: { family: "text", text: "a?", bound: undefined, cells: ["a", "."] },
      matching: "ab",
      other: "a",
    },
    {
      operator: "StringEqualsIgnoreCase",
      value: "a*",
      atom: { family: "text", text: "a*", bound: undefined, cells: ["aA", "*"] },
      matching: "A*",
      other: "ab",
    },
    {
      operator: "Bool",
      value: "tr",
      atom: { family: "text", text: "tr", bound: undefined, cells: ["tT", "rR"] },
      other: "tr",
    },
    {
      operator: "BinaryEquals",
      value: "${a}",
      atom: { family: "text", text: "${a}", bound: undefined, cells: ["$", "{", "a", "}"] },
      matching: "${a}",
      other: "a",
    },
    {
      operator: "ArnEquals",
      value: "a:*:c:d:e:f*",
      atom: {
        family: "text",
        text: "a:*:c:d:e:f*",
        bound: undefined,
        cells: ["a", ":", "[^:]*", ":", "c", ":", "d", ":", "e", ":", "f", ".*"],
      },
      matching: "a:b:c:d:e:fg",
      other: "a:b:b:c:d:e:fg",
    },
    { operator: "ArnLike", value: "a:b", atom: undefined },
    {
      operator: "NumericLessThan",
      value: "5",
      atom: { family: "number", text: "< 5", bound: "5", cells: undefined },
      matching: "4",
      other: "5",
    },
    {
      operator: "NumericLessThanEquals",
      value: "5",
      atom: { family: "number", text: "<= 5", bound: "5", cells: undefined },
      matching: "5",
      other: "6",
    },
    {
      operator: "NumericEquals",
      value: "5",
      atom: { family: "number", text: "5", bound: "5", cells: undefined },
      matching: "5",
      other: "4",
    },
    {
      operator: "DateGreaterThanIfExists",
      value: "2026-01-01",
      atom: { family: "time", text: "> 2026-01-01", bound: "2026-01-01", cells: undefined },
      matching: "2026-01-02",
      other: "2026-01-01",
    },
    {
      operator: "DateGreaterThanEquals",
      value: "2026-01-01",
      atom: { family: "time", text: ">= 2026-01-01", bound: "2026-01-01", cells: undefined },
      matching: "2026-01-01",
      other: "2025-12-31",
    },
    {
      operator: "IpAddress",
      value: "10.0.0.0/8",
      atom: { family: "address", text: "10.0.0.0/8", bound: "10.0.0.0/8", cells: undefined },
      matching: "10.1.1.1",
      other: "11.1.1.1",
    },
    {
      operator: "NotIpAddress",
      value: "10.0.0.0/8",
      atom: { family: "address", text: "10.0.0.0/8", bound: "10.0.0.0/8", cells: undefined },
      matching: "10.1.1.1",
      other: "11.1.1.1",
    },
    { operator: "Null", value: "true", atom: undefined },
    { operator: "NoSuchOperator", value: "x", atom: undefined },
    {
      operator: "StringEquals",
      value: "${aws:username}-*",
      atom: { family: "text", text: "alice-*", bound: undefined, cells: ["a", "l", "i", "c", "e", "-", "*"] },
      matching: "alice-*",
      other: "alice-x",
    },
    { operator: "StringEquals", value: "${aws:userid}", atom: undefined },
  ];
  for (const { operator, value, atom, matching, other } of cases) {
    it(`${value} with ${operator}`, () => {
      const found = atomOf(operator, value, true, { "aws:username": "alice" });
      assert.deepEqual(shape(found), atom);
      if (matching !== undefined) assert.equal(found!.matches(matching), true);
      if (other !== undefined) assert.equal(found!.matches(other), false);
    });
  }

  it("has no variables where the document has none", () => {
    assert.equal(atomOf("StringEquals", "${aws:username}", false, {})?.text, "${aws:username}");
  });
});

describe("an atom that has not been made before", () => {
  const fresh = () => `x-${Math.random()}`;

  it("is of the operator and the value, letters in either case where case does not matter", () => {
    const value = fresh();
    const of = (operator: string) => shape(atomOf(operator, `${value}*`, true, {}));
    const text = { family: "text", text: `${value}*`, bound: undefined };
    const plain = [...value];
    assert.deepEqual(
      [of("StringEquals"), of("StringLike"), of("StringEqualsIgnoreCase"), of("NumericEquals")],
      [
        { ...text, cells: [...plain, "*"] },
        { ...text, cells: [...plain, ".*"] },
        { ...text, cells: ["xX", ...plain.slice(1), "*"] },
        { ...text, family: "number", bound: `${value}*`, cells: undefined },
      ],
    );
  });

  it("of an ARN operator is of an ARN, and of nothing else", () => {
    const value = fresh();
    const found = atomOf("ArnLike", `arn:aws:s3:::${value}`, true, {});
    assert.deepEqual([found?.text, found?.matches(`arn:aws:s3:::${value}`)], [`arn:aws:s3:::${value}`, true]);
    assert.equal(atomOf("ArnLike", value, true, {}), undefined);
  });

  it("has the variables of its own request", () => {
    const value = `${fresh()}-\${aws:username}`;
    const of = (name: string) => atomOf("StringEquals", value, true, { "aws:username": name })!;
    assert.equal(of("alice").matches(of("alice").text), true);
    assert.equal(of("alice").matches(of("bob").text), false);
    assert.equal(atomOf("StringEquals", value, false, {})!.text, value);
  });

  it("has a key of its family, text and cells", () => {
    const value = fresh();
    const operators = ["StringEquals", "StringLike", "StringEqualsIgnoreCase", "NumericEquals", "DateEquals"];
    const keys = operators.map((operator) => atomKey(atomOf(operator, `${value}*`, true, {})!));
    assert.equal(new Set(keys).size, operators.length);
    assert.equal(keys[0], atomKey(literalAtom(`${value}*`)));
    assert.notEqual(keys[0], atomKey(literalAtom(value)));
  });
});

describe("the key of an atom", () => {
  it("tells a star of a glob from a literal one", () => {
    const [glob, literal] = ["StringLike", "StringEquals"].map((operator) =>
      atomOf(operator, "a*", true, {})!,
    );
    assert.notEqual(atomKey(glob!), atomKey(literal!));
    assert.equal(atomKey(literal!), atomKey(literalAtom("a*")));
    assert.equal(atomKey(literalAtom("a")), 'text a [{"characters":"a"}]');
  });

  it("tells families apart", () => {
    const keys = ["NumericEquals", "DateEquals", "StringEquals"].map((operator) =>
      atomKey(atomOf(operator, "2026", true, {})!),
    );
    assert.equal(new Set(keys).size, 3);
  });
});

describe("the atom of a literal", () => {
  it("matches this text and nothing else", () => {
    const atom = literalAtom("a?");
    assert.deepEqual(
      [atom.family, atom.text, atom.matches("a?"), atom.matches("ab")],
      ["text", "a?", true, false],
    );
  });
});
