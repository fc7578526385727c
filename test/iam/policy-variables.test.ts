import { strict as assert } from "assert";
import { RequestContext } from "../../iam";
import { ANY_ONE, ANY_RUN, textOf } from "../../iam/glob";
import { constantTokens, hasVariables, parseTemplate, resolveTemplate } from "../../iam/policy-variables";

const context: RequestContext = {
  "aws:username": "alice",
  "aws:principaltag/team": "blue",
  "aws:tagkeys": ["a", "b"],
  "aws:star": "*",
};

const cases: readonly { name: string; text: string; resolved: string | undefined }[] = [
  { name: "plain text", text: "orders/database", resolved: "orders/database" },
  { name: "a variable", text: "home/${aws:username}/x", resolved: "home/alice/x" },
  { name: "a key in any case", text: "${AWS:PrincipalTag/TEAM}", resolved: "blue" },
  { name: "two variables", text: "${aws:username}-${aws:PrincipalTag/team}", resolved: "alice-blue" },
  { name: "an absent key", text: "${aws:PrincipalTag/none}", resolved: undefined },
  {
    name: "an absent key with a default",
    text: "${aws:PrincipalTag/none, 'company-wide'}",
    resolved: "company-wide",
  },
  { name: "a present key with a default", text: "${aws:PrincipalTag/team, 'x'}", resolved: "blue" },
  { name: "a default without space", text: "${aws:PrincipalTag/none,'x'}", resolved: "x" },
  { name: "an empty default", text: "a${aws:PrincipalTag/none, ''}b", resolved: "ab" },
  { name: "a key with several values", text: "${aws:TagKeys}", resolved: undefined },
  { name: "a dollar", text: "${$}{aws:username}", resolved: "${aws:username}" },
  { name: "space around a key", text: "${ aws:username }", resolved: "alice" },
  { name: "space around a key with a default", text: "${ aws:username , 'x' }", resolved: "alice" },
  {
    name: "text before, between and after",
    text: "a${aws:username}b${aws:username}c",
    resolved: "aalicebalicec",
  },
  { name: "a variable without a key", text: "a${}b", resolved: undefined },
  { name: "a default without a key", text: "a${, 'x'}b", resolved: "axb" },
  { name: "no closing brace", text: "${aws:username", resolved: "${aws:username" },
];

describe("policy variables", () => {
  for (const { name, text, resolved } of cases) {
    it(`${name}: ${text} is ${String(resolved)}`, () => {
      const tokens = resolveTemplate(parseTemplate(text, true, false), context);
      assert.equal(tokens && textOf(tokens), resolved);
    });
  }

  it("keeps escaped wildcards and those of values plain", () => {
    const tokens = resolveTemplate(parseTemplate("${*}${?}${aws:star}*?", true, true), context);
    assert.deepEqual(tokens, ["*".charCodeAt(0), "?".charCodeAt(0), "*".charCodeAt(0), ANY_RUN, ANY_ONE]);
  });

  it("are told from text", () => {
    assert.deepEqual(
      ["orders", "${*}", "${aws:username}", "a${aws:username, 'x'}b"].map((text) =>
        hasVariables(parseTemplate(text, true, true)),
      ),
      [false, false, true, true],
    );
    assert.equal(textOf(constantTokens(parseTemplate("a-${aws:username}-b", true, true))), "a--b");
  });

  it("are text in a document of version 2008-10-17", () => {
    const template = parseTemplate("home/${aws:username}", false, false);
    assert.deepEqual(
      [hasVariables(template), textOf(constantTokens(template))],
      [false, "home/${aws:username}"],
    );
  });
});
