import { strict as assert } from "assert";
import { decide, explain, RequestPrincipal } from "../../../iam";
import { Conjunction, Scenario, symbolFor } from "../../../iam/proof";
import {
  cannotTellTexts,
  conditionsText,
  decisionsText,
  requesterText,
  scenarioText,
} from "../../../policies/world/words";

const role: RequestPrincipal = {
  kind: "role-session",
  accountId: "2",
  roleArn: "arn:aws:iam::2:role/a",
  sessionArn: "arn:aws:sts::2:assumed-role/a/s",
};
const condition = (key: string, text = `${key} is x`) =>
  ({ key, anyOf: ["x"], noneOf: [], text }) as unknown as Conjunction[number];

describe("conditions in words", () => {
  const [a, b] = [condition("aws:SourceVpc"), condition("aws:SourceIp")];
  const cases: readonly (readonly [string, readonly Conjunction[], string])[] = [
    ["none", [], "always"],
    ["an empty one", [[a], []], "always"],
    ["one", [[a]], "aws:SourceVpc is x"],
    ["both", [[a, b]], "aws:SourceVpc is x and aws:SourceIp is x"],
    ["either", [[a], [b]], "aws:SourceVpc is x, or aws:SourceIp is x"],
    [
      "one with what nobody knows yet",
      [[condition("k", `k is ${symbolFor({ of: "the VPC", shape: "*" })}`)]],
      "k is <the VPC>",
    ],
  ];
  for (const [name, under, text] of cases) it(name, () => assert.equal(conditionsText(under), text));
});

describe("who makes a request", () => {
  const cases: readonly (readonly [RequestPrincipal, string])[] = [
    [{ kind: "anonymous" }, "somebody without credentials"],
    [{ kind: "service", service: "lambda.amazonaws.com" }, "lambda.amazonaws.com"],
    [{ kind: "root", accountId: "222222222222" }, "the root user of 222222222222"],
    [{ kind: "user", accountId: "2", arn: "arn:aws:iam::2:user/ada" }, "arn:aws:iam::2:user/ada"],
    [role, "arn:aws:iam::2:role/a"],
    [
      { kind: "federated", provider: "accounts.google.com", accountId: "2" } as never,
      "a token of accounts.google.com",
    ],
  ];
  for (const [principal, text] of cases) it(text, () => assert.equal(requesterText(principal), text));
});

describe("a call in words", () => {
  /** A scenario of one step with this context. */
  function scenario(context: Record<string, string | readonly string[]>, endpointId?: string): Scenario {
    const request = {
      principal: role,
      action: "secretsmanager:GetSecretValue",
      resource: { arn: "arn:x", accountId: "1" },
      context,
    };
    const world = { identity: [] };
    const step = { request, world, decision: decide(request, world) };
    return {
      operation: "GetSecretValue",
      steps: [step],
      ...(endpointId === undefined ? {} : { endpointId }),
    } as unknown as Scenario;
  }
  const by = "GetSecretValue by arn:aws:iam::2:role/a";
  const cases: readonly (readonly [string, Scenario, readonly Conjunction[] | undefined, string])[] = [
    ["without a step", { operation: "GetSecretValue", steps: [] }, undefined, "GetSecretValue"],
    ["through no endpoint", scenario({}), undefined, `${by}, through no endpoint`],
    ["through an endpoint", scenario({}, "vpce-1"), undefined, `${by}, through vpce-1`],
    [
      "through an endpoint that the world does not hold",
      scenario({ "aws:sourcevpce": "vpce-2" }),
      undefined,
      `${by}, through vpce-2`,
    ],
    [
      "with what is worth telling",
      scenario({ "aws:sourcevpc": "vpc-1", "aws:x": "y" }),
      [[condition("aws:SourceVpc")]],
      `${by}, through no endpoint with aws:SourceVpc=vpc-1`,
    ],
    [
      "with several values",
      scenario({ "aws:tagkeys": ["a", "b"], "aws:x": "y" }),
      [[condition("aws:TagKeys")], [condition("aws:X"), condition("aws:TagKeys")]],
      `${by}, through no endpoint with aws:TagKeys=a,b, aws:X=y`,
    ],
    [
      "without what it does not carry",
      scenario({}),
      [[condition("aws:SourceVpc")]],
      `${by}, through no endpoint`,
    ],
  ];
  for (const [name, one, under, text] of cases) it(name, () => assert.equal(scenarioText(one, under), text));

  it("has each step's decision as a clause", () => {
    const one = scenario({});
    const text = decisionsText({ ...one, steps: [...one.steps, ...one.steps] });
    const [first, second, ...others] = text.split("; ");
    assert.deepEqual([second, others], [first, []]);
    const sentence = explain(one.steps[0]!.decision);
    const clause = sentence.charAt(0).toLowerCase() + sentence.slice(1, -1);
    assert.match(sentence, /^[A-Z].*\.$/);
    assert.equal(first, `secretsmanager:GetSecretValue: ${clause}`);
  });
});

describe("what cannot be told", () => {
  it("is said once each", () => {
    const one = { kind: "document", subject: "policy a", reason: "it is new" } as const;
    const cannotTell = [one, one, { ...one, subject: symbolFor({ of: "the key", shape: "*" }) }];
    assert.deepEqual(cannotTellTexts({ cannotTell }), ["policy a: it is new", "<the key>: it is new"]);
    assert.deepEqual(cannotTellTexts({ cannotTell: [] }), []);
  });
});
