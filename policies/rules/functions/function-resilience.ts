import { undecided, violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { Lookup } from "../../stack/join";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { rotationFunctions } from "../../facts/rotation/rotation-functions";
import { Finding, graphRule } from "../../rule";
import { read, readNumber, readString, Tri } from "../../stack/tri-state";

const remediation =
  "Set what is demanded on the function: reserved concurrency, a failure destination, tracing, signing";

/** LAM-04. */
export const functionResilience = graphRule({
  id: "function-resilience",
  code: "LAM-04",
  title: "Functions keep their capacity and say when they fail",
  severity: "low",
  enforcement: "advisory",
  frameworks: [{ name: "NIST SP 800-53", version: "5", reference: "SC-5" }],
  mapsTo: {
    checkov: ["CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_272", "CKV_AWS_50"],
    trivy: ["AWS-0066"],
    cfnNag: ["W92"],
    awsConfig: ["lambda-dlq-check", "lambda-concurrency-check"],
    prowler: ["awslambda_function_no_dead_letter_queue"],
  },
  remediation,
  settings: {
    everyFunction: {
      type: "boolean",
      default: false,
      description: "Judge every function. By default only those that rotate secrets.",
    },
    concurrency: {
      type: "boolean",
      default: true,
      description: "Demand reserved concurrency: without it other functions can take all of the account's.",
    },
    failureDestination: {
      type: "boolean",
      default: false,
      description:
        "Demand a dead-letter queue or a destination for failures; only asynchronous calls use one.",
    },
    tracing: { type: "boolean", default: false, description: "Demand active tracing." },
    codeSigning: { type: "boolean", default: false, description: "Demand a code signing configuration." },
  },
  check: (graph, config) => {
    const rotating = rotationFunctions(graph);
    const destinations = destinationsOf(graph);
    return graph
      .of(types.function)
      .filter((fn) => config.everyFunction || rotating.has(fn))
      .flatMap((fn) => [
        ...(config.concurrency ? concurrency(fn) : []),
        ...(config.failureDestination && !destinations.has(fn) ? deadLetters(fn) : []),
        ...(config.tracing ? tracing(fn) : []),
        ...(config.codeSigning ? signing(fn) : []),
      ]);
  },
});

/** Functions that an invoke configuration gives a destination for failures, whatever it is. */
function destinationsOf(graph: Graph): ReadonlySet<Resource> {
  const functions = new Lookup(graph.of(types.function), ["arn", "id", "name"]);
  const configured = graph.of(types.invokeConfig).filter((one) => {
    return input(one, read, "destinationConfig", "onFailure", "destination").state !== "absent";
  });
  return new Set(
    configured.flatMap((one) => {
      const link = functions.follow(one, "functionName");
      return link.kind === "inside" ? link.resources : [];
    }),
  );
}

function concurrency(fn: Resource): readonly Finding[] {
  const reserved = input(fn, readNumber, "reservedConcurrentExecutions");
  const absent = reserved.state === "absent" || (reserved.state === "known" && reserved.value < 0);
  const fix = "Set reservedConcurrentExecutions";
  if (reserved.state === "known" && reserved.value === 0) {
    return [violation(fn, `${label(fn)} reserves no execution, so it never runs`, fix)];
  }
  return judge(fn, reserved, absent, "reservedConcurrentExecutions", "reserves no concurrency", fix);
}

function deadLetters(fn: Resource): readonly Finding[] {
  const target = input(fn, readString, "deadLetterConfig", "targetArn");
  const fix = "Set deadLetterConfig, or a FunctionEventInvokeConfig with a destination for failures";
  return judge(
    fn,
    target,
    target.state === "absent",
    "deadLetterConfig",
    "loses the events it fails on",
    fix,
  );
}

function tracing(fn: Resource): readonly Finding[] {
  const mode = input(fn, readString, "tracingConfig", "mode");
  const off = mode.state === "absent" || (mode.state === "known" && mode.value !== "Active");
  return judge(fn, mode, off, "tracingConfig", "is not traced", "Set tracingConfig.mode to Active");
}

function signing(fn: Resource): readonly Finding[] {
  const config = input(fn, readString, "codeSigningConfigArn");
  const off = config.state === "absent";
  const fix = "Set codeSigningConfigArn";
  return judge(fn, config, off, "codeSigningConfigArn", "runs code that nobody need have signed", fix);
}

/** A value that comes from another resource is one, whichever. */
function judge(
  fn: Resource,
  value: Tri<unknown>,
  missing: boolean,
  property: string,
  fact: string,
  fix: string,
): readonly Finding[] {
  if (missing) return [violation(fn, `${label(fn)} ${fact}`, fix)];
  if (value.state !== "unknown" || fn.propertyDependencies?.[property]?.length) return [];
  return [undecided(fn, `the ${property} of ${label(fn)} is not known`, deciders(fn, property))];
}
