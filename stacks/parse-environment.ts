import { ConfigurationError, Problem } from "../components/model";
import { Place } from "./decoder";
import { Environment } from "./environment";
import { environmentConfig } from "./environment-config";
import { documentProblems } from "./environment-documents";
import { referenceProblems } from "./environment-references";
import { scheduleProblems } from "./environment-schedule";
import { resolveEnvironment } from "./resolve-environment";

/** A sound environment, or everything that is wrong with its configuration. */
export type EnvironmentReading =
  | { readonly kind: "environment"; readonly environment: Environment }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] };

/**
 * Reads the value of `strongroom:environment`. Finds every problem of the values and of how they fit together at
 * once; sizes of documents only when there is none, because only then there are documents.
 *
 * @param name the stack's name
 * @param given the value as Pulumi read it from YAML
 */
export function parseEnvironment(name: string, given: unknown): EnvironmentReading {
  const found: Problem[] = [];
  const draft = environmentConfig(given, new Place("", found));
  if (draft === undefined) return { kind: "problems", problems: found };
  const problems = [...found, ...referenceProblems(draft), ...scheduleProblems(draft, given)];
  if (problems.length > 0) return { kind: "problems", problems };
  const environment = resolveEnvironment(name, draft);
  const tooLarge = documentProblems(environment);
  return tooLarge.length > 0
    ? { kind: "problems", problems: tooLarge }
    : { kind: "environment", environment };
}

/**
 * Like {@link parseEnvironment}, for a caller that cannot go on without an environment.
 *
 * @throws ConfigurationError with all problems
 */
export function requireEnvironment(name: string, given: unknown): Environment {
  const reading = parseEnvironment(name, given);
  if (reading.kind === "environment") return reading.environment;
  throw new ConfigurationError(`strongroom:environment in Pulumi.${name}.yaml`, reading.problems);
}
