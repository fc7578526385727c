import { strict as assert } from "assert";
import { Statement } from "../../../iam";
import { madeResources } from "../../../iam/proof/made-resources";
import { allow, attached, deny } from "../worlds";

const START = "arn:aws:lambda:eu-west-1:111111111111:function:";
const CREATE = "lambda:CreateFunction";
const document = (...statements: readonly Statement[]) => attached("p", ...statements);
const creating = (...resources: readonly string[]) =>
  document(...resources.map((Resource) => allow({ Action: CREATE, Resource })));
const names = (arns: readonly string[]) => arns.map((arn) => arn.replace(START, ""));

describe("the ARNs that something made may have", () => {
  const made = (...resources: readonly string[]) =>
    names(madeResources(START, [CREATE], [creating(...resources)]));
  const cases: readonly (readonly [name: string, resources: readonly string[], made: readonly string[]])[] = [
    ["one that no policy has in mind", [], ["made-by-caller"]],
    ["what a policy writes", [`${START}orders`], ["made-by-caller", "orders"]],
    ["something for its wildcards", [`${START}?*-a?c-*`], ["made-by-caller", "x-axc-"]],
    ["of a pattern for its account and Region", ["arn:*:lambda:*:1*:function:a"], ["made-by-caller", "a"]],
    ["with its colons", [`${START}a:b`], ["made-by-caller", "a:b"]],
    ["each once", [`${START}a`, `${START}a`], ["made-by-caller", "a"]],
    ["matched by two patterns at once", [`${START}a*`, `${START}*z`], ["made-by-caller", "z", "a", "az"]],
    ["what no pattern matches", [`${START}m*`], ["made-by-caller", "x"]],
    ["not of another service", [START.replace("lambda", "states") + "a"], ["made-by-caller"]],
    ["not of another account", [START.replace("1111", "2111") + "a"], ["made-by-caller"]],
    ["not of another kind", [START.replace("function", "layer") + "a"], ["made-by-caller"]],
    ["not of a variable", [`${START}\${aws:username}`], ["made-by-caller"]],
    ["not of patterns that all are matched by", ["*", "arn:aws:lambda:*"], ["made-by-caller"]],
  ];
  for (const [name, resources, expected] of cases)
    it(name, () => assert.deepEqual(made(...resources), expected));

  it("are those that documents about one of the actions have in mind, whatever they say of them", () => {
    const documents = [
      document(deny({ Action: "lambda:*", Resource: `${START}denied` })),
      document(allow({ Action: "lambda:Invoke", Resource: `${START}other` })),
      document(allow({ Action: "lambda:Get*", NotResource: `${START}not` })),
      { source: "p", unknown: "not made" },
      creating(`${START}own`),
    ];
    const about = (...actions: readonly string[]) => names(madeResources(START, actions, documents)).sort();
    assert.deepEqual(about(CREATE), ["denied", "made-by-caller", "own"]);
    assert.deepEqual(about(CREATE, "lambda:GetFunction"), ["denied", "made-by-caller", "not", "own"]);
    assert.deepEqual(about("sqs:SendMessage"), ["made-by-caller"]);
  });

  it("are all where there is none", () => assert.deepEqual(madeResources("*", ["a:b"], []), ["*"]));
});
