import { strict as assert } from "assert";
import { compilePolicy, Statement } from "../../../iam";
import { symbolFor } from "../../../iam/proof";
import {
  hasSymbolicValue,
  identityOf,
  symbolicTextsOf,
  textsOf,
  variablesOf,
} from "../../../iam/proof/document-texts";

function parts(given: Partial<Statement>, Version: "2012-10-17" | "2008-10-17" = "2012-10-17") {
  const { allows } = compilePolicy({ Version, Statement: { Effect: "Allow", ...given } });
  return allows[0]!.parts;
}

const condition = (operator: string, key: string, values: string | readonly string[], version = true) =>
  parts({ Condition: { [operator]: { [key]: values } } }, version ? "2012-10-17" : "2008-10-17")
    .conditions[0]!;

describe("the texts of a statement", () => {
  const cases: readonly {
    readonly name: string;
    readonly given: Partial<Statement>;
    readonly old?: true;
    readonly texts: ReturnType<typeof textsOf>;
  }[] = [
    {
      name: "of one resource and one principal",
      given: { Resource: "a", Principal: { AWS: "p" } },
      texts: { resources: ["a"], resourceVariables: [], principals: ["p"] },
    },
    {
      name: "of lists",
      given: { Resource: ["a", "b"], Principal: { AWS: ["p", "q"], Service: "s" } },
      texts: { resources: ["a", "b"], resourceVariables: [], principals: ["p", "q"] },
    },
    {
      name: "of what is not meant",
      given: { NotResource: "a", NotPrincipal: { AWS: "p" } },
      texts: { resources: ["a"], resourceVariables: [], principals: ["p"] },
    },
    {
      name: "of everyone",
      given: { Principal: "*" },
      texts: { resources: [], resourceVariables: [], principals: ["*"] },
    },
    {
      name: "of services only",
      given: { Principal: { Service: "s" } },
      texts: { resources: [], resourceVariables: [], principals: [] },
    },
    { name: "of nothing", given: {}, texts: { resources: [], resourceVariables: [], principals: [] } },
    {
      name: "with variables, each once and in lower case",
      given: { Resource: ["a/${aws:UserName}", "${aws:username}/${aws:PrincipalTag/Team}", "$b", "${*}"] },
      texts: {
        resources: ["a/${aws:UserName}", "${aws:username}/${aws:PrincipalTag/Team}", "$b", "${*}"],
        resourceVariables: ["aws:username", "aws:principaltag/team"],
        principals: [],
      },
    },
    {
      name: "without variables in an old document",
      given: { Resource: "a/${aws:username}" },
      old: true,
      texts: { resources: ["a/${aws:username}"], resourceVariables: [], principals: [] },
    },
  ];
  for (const { name, given, old, texts } of cases) {
    it(name, () => assert.deepEqual(textsOf(parts(given, old ? "2008-10-17" : "2012-10-17")), texts));
  }

  it("are read once", () => {
    const one = parts({ Resource: "a" });
    assert.equal(textsOf(one), textsOf(one));
  });
});

describe("the variables of a condition", () => {
  const cases: readonly (readonly [operator: string, variables: readonly string[]])[] = [
    ["StringEquals", ["aws:username"]],
    ["ForAnyValue:StringLike", ["aws:username"]],
    ["ArnLike", ["aws:username"]],
    ["Bool", ["aws:username"]],
    ["NumericEquals", []],
    ["DateLessThan", []],
    ["IpAddress", []],
    ["Null", []],
  ];
  for (const [operator, variables] of cases) {
    it(`with ${operator}`, () =>
      assert.deepEqual(variablesOf(condition(operator, "k", ["a", "${aws:UserName}x"])), variables));
  }

  it("are none in an old document", () => {
    assert.deepEqual(variablesOf(condition("StringEquals", "k", "${aws:username}", false)), []);
  });
});

describe("what of a statement is not known yet", () => {
  const later = symbolFor({ of: "something of the test of texts", shape: "*" });
  const symbolic = (given: Partial<Statement>) => {
    const { resource, principal } = symbolicTextsOf(parts(given));
    return [resource, principal];
  };

  it("is a resource or a principal, one of several too", () => {
    assert.deepEqual(
      [
        symbolic({ Resource: ["a", "b"], Principal: { AWS: ["p", "q"] } }),
        symbolic({ Resource: ["a", `b-${later}`], Principal: { AWS: "p" } }),
        symbolic({ NotResource: later, Principal: "*" }),
        symbolic({ Resource: "*", Principal: { AWS: ["p", later] } }),
        symbolic({ Resource: "*", NotPrincipal: { AWS: [later, "p"] } }),
        symbolic({}),
      ],
      [
        [false, false],
        [true, false],
        [true, false],
        [false, true],
        [false, true],
        [false, false],
      ],
    );
  });

  it("is a value of a condition, one of several too", () => {
    assert.deepEqual(
      [["a"], [later], ["a", `x-${later}`], []].map((values) =>
        hasSymbolicValue(condition("StringEquals", "k", values)),
      ),
      [false, true, true, false],
    );
  });
});

describe("the identity of a condition", () => {
  const identity = (...given: Parameters<typeof condition>) => identityOf(condition(...given));

  it("is the same for the same operator, key and values", () => {
    assert.equal(identity("StringEquals", "aws:X", "a"), identity("StringEquals", "aws:x", ["a"]));
    assert.equal(identity("StringEquals", "aws:X", "a"), '["StringEquals","aws:x",["a"],false]');
    assert.equal(identity("StringEquals", "x", "${a}"), '["StringEquals","x",["${a}"],true]');
  });

  it("does not depend on the version unless there are variables", () => {
    assert.equal(identity("StringEquals", "x", "a", true), identity("StringEquals", "x", "a", false));
    assert.notEqual(
      identity("StringEquals", "x", "${a}", true),
      identity("StringEquals", "x", "${a}", false),
    );
  });
});
