import { strict as assert } from "assert";
import { madeResources } from "../../../iam/proof/made-resources";
import { allow, attached, deny } from "../worlds";
import { role } from "./access-worlds";

const START = "arn:aws:lambda:eu-west-1:111111111111:function:";
const having = (...resources: readonly string[]) =>
  role("x", {
    identity: [
      attached("p", ...resources.map((Resource) => allow({ Action: "lambda:CreateFunction", Resource }))),
    ],
  });

describe("the ARNs that something made may have", () => {
  const made = (...resources: readonly string[]) =>
    madeResources(START, "lambda:CreateFunction", [having(...resources)]).map((arn) =>
      arn.replace(START, ""),
    );
  const cases: readonly (readonly [name: string, resources: readonly string[], made: readonly string[]])[] = [
    ["one that no policy has in mind", [], ["made-by-caller"]],
    ["what a policy writes", [`${START}orders`], ["made-by-caller", "orders"]],
    ["something for its wildcards", [`${START}*-a?c-*`], ["made-by-caller", "made-axc-made"]],
    ["of a pattern for its account and Region", ["arn:*:lambda:*:1*:function:a"], ["made-by-caller", "a"]],
    ["with its colons", [`${START}a:b`], ["made-by-caller", "a:b"]],
    ["each once", [`${START}a`, `${START}a`, `${START}*by-caller`], ["made-by-caller", "a", "madeby-caller"]],
    ["not of another service", [START.replace("lambda", "states") + "a"], ["made-by-caller"]],
    ["not of another account", [START.replace("1111", "2111") + "a"], ["made-by-caller"]],
    ["not of another kind", [START.replace("function", "layer") + "a"], ["made-by-caller"]],
    ["not of a variable", [`${START}\${aws:username}`], ["made-by-caller"]],
    ["not of a short pattern", ["*", "arn:aws:lambda:*:*"], ["made-by-caller"]],
  ];
  for (const [name, resources, expected] of cases)
    it(name, () => assert.deepEqual(made(...resources), expected));

  it("are those of policies that are known and allow the action", () => {
    const others = [
      role("a", { identity: [attached("p", deny({ Resource: `${START}denied` }))] }),
      role("b", { identity: [attached("p", allow({ Action: "lambda:Invoke", Resource: `${START}other` }))] }),
      role("c", { identity: [attached("p", allow({ NotResource: `${START}not` }))] }),
      role("d", { identity: [{ source: "p", unknown: "not made" }] }),
      having(`${START}own`),
    ];
    assert.deepEqual(madeResources(START, "lambda:CreateFunction", others), [
      `${START}made-by-caller`,
      `${START}own`,
    ]);
  });

  it("are all where there is none", () => assert.deepEqual(madeResources("*", "a:b", [having("x")]), ["*"]));
});
