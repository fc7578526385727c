import { Resource } from "../../../../policies/stack/resource";
import { functionResilience } from "../../../../policies/rules/functions/function-resilience";
import { testRule, violates, waits } from "../../support/cases";
import { resource, unknownText } from "../../support/stack";

const fn = (props: Record<string, unknown>, from = {}) =>
  resource("function", "orders", { props: { name: "orders", ...props }, from });
const rotation = resource("secretRotation", "rotation", {
  props: { secretId: "s", rotationLambdaArn: "orders" },
});
const queue = resource("key", "queue");
const says = (fact: string, fix: string) => [violates("orders", `Function "orders" ${fact}. ${fix}.`)];
const unclear = (property: string) => [
  waits("orders", `the ${property} of Function "orders" is not known / the value of \`${property}\``),
];
const off = { everyFunction: true, concurrency: false };
const noConcurrency = says("reserves no concurrency", "Set reservedConcurrentExecutions");
const noDestination = says(
  "loses the events it fails on",
  "Set deadLetterConfig, or a FunctionEventInvokeConfig with a destination for failures",
);
const noTracing = says("is not traced", "Set tracingConfig.mode to Active");
const noSigning = says("runs code that nobody need have signed", "Set codeSigningConfigArn");
const invokeConfig = (props: Record<string, unknown>, from = {}) =>
  resource("invokeConfig", "failures", { props, from });
const destination = {
  destinationConfig: { onFailure: { destination: "arn:aws:sqs:eu-west-1:111111111111:failed" } },
};

interface Case {
  readonly name: string;
  readonly stack: readonly Resource[];
  readonly config?: object;
  readonly says: ReturnType<typeof says> | ReturnType<typeof unclear>;
}

const concurrency: readonly Case[] = [
  { name: "a function that rotates nothing is not judged", stack: [fn({})], says: [] },
  { name: "unless every one is", stack: [fn({})], config: { everyFunction: true }, says: noConcurrency },
  { name: "a rotation function without concurrency", stack: [fn({}), rotation], says: noConcurrency },
  { name: "with some", stack: [fn({ reservedConcurrentExecutions: 1 }), rotation], says: [] },
  {
    name: "with the account's, said so",
    stack: [fn({ reservedConcurrentExecutions: -1 }), rotation],
    says: noConcurrency,
  },
  {
    name: "with none",
    stack: [fn({ reservedConcurrentExecutions: 0 }), rotation],
    says: says("reserves no execution, so it never runs", "Set reservedConcurrentExecutions"),
  },
  {
    name: "unknown",
    stack: [fn({ reservedConcurrentExecutions: unknownText }), rotation],
    says: unclear("reservedConcurrentExecutions"),
  },
  { name: "nothing is demanded", stack: [fn({})], config: off, says: [] },
];
const failure = { ...off, failureDestination: true };
const destinations: readonly Case[] = [
  { name: "no failure destination", stack: [fn({})], config: failure, says: noDestination },
  {
    name: "a dead-letter queue",
    stack: [fn({ deadLetterConfig: { targetArn: "arn" } })],
    config: failure,
    says: [],
  },
  {
    name: "one that is to be made",
    stack: [fn({ deadLetterConfig: { targetArn: unknownText } }, { deadLetterConfig: [queue] })],
    config: failure,
    says: [],
  },
  {
    name: "one from nowhere",
    stack: [fn({ deadLetterConfig: { targetArn: unknownText } })],
    config: failure,
    says: unclear("deadLetterConfig"),
  },
  {
    name: "a destination by the function's name",
    stack: [fn({}), invokeConfig({ functionName: "orders", ...destination })],
    config: failure,
    says: [],
  },
  {
    name: "one of a function that has no name yet",
    stack: [fn({ name: unknownText }), invokeConfig({ functionName: "other", ...destination })],
    config: failure,
    says: noDestination,
  },
  {
    name: "a configuration without one",
    stack: [
      fn({}),
      invokeConfig({ functionName: "orders", destinationConfig: { onSuccess: { destination: "arn" } } }),
    ],
    config: failure,
    says: noDestination,
  },
];
const tracing = { ...off, tracing: true };
const signing = { ...off, codeSigning: true };
const others: readonly Case[] = [
  { name: "no tracing", stack: [fn({})], config: tracing, says: noTracing },
  {
    name: "passive tracing",
    stack: [fn({ tracingConfig: { mode: "PassThrough" } })],
    config: tracing,
    says: noTracing,
  },
  { name: "active tracing", stack: [fn({ tracingConfig: { mode: "Active" } })], config: tracing, says: [] },
  {
    name: "unknown tracing",
    stack: [fn({ tracingConfig: { mode: unknownText } })],
    config: tracing,
    says: unclear("tracingConfig"),
  },
  { name: "no signing", stack: [fn({})], config: signing, says: noSigning },
  { name: "signing", stack: [fn({ codeSigningConfigArn: "arn" })], config: signing, says: [] },
  {
    name: "signing that is to be made",
    stack: [fn({ codeSigningConfigArn: unknownText }, { codeSigningConfigArn: [queue] })],
    config: signing,
    says: [],
  },
  {
    name: "all at once",
    stack: [fn({})],
    config: {
      everyFunction: true,
      concurrency: true,
      failureDestination: true,
      tracing: true,
      codeSigning: true,
    },
    says: [...noConcurrency, ...noDestination, ...noTracing, ...noSigning],
  },
];

testRule(functionResilience, [...concurrency, ...destinations, ...others]);
