import { Refusal, Scenario } from "./answer";
import { ROUTE_GROUP } from "./key-domain";
import { operationsOf } from "./operations";
import { Prover } from "./prover";
import { endpointMember } from "./replay";
import { Secret } from "./world";
import { Choices, scenarioOf } from "./witness";

/**
 * Why a named principal cannot read: of the calls it can make, from the internet and through each endpoint, the one
 * that gets furthest. `undefined` when it can read, or may.
 *
 * @throws Error when there is no such copy or principal
 */
export function refusalOf(secret: Secret, region: string, arn: string, prover: Prover): Refusal | undefined {
  const copy = secret.copies.find((one) => one.region === region);
  const principal = prover.index.principal(arn);
  if (copy === undefined) throw new Error(`secret ${secret.id} has no copy in ${region}`);
  if (principal === undefined) throw new Error(`there is no principal ${arn}`);
  const operation = operationsOf("read", copy, prover.index)[0]!;
  const subjects = prover.appearancesOf(principal, operation);
  if (subjects.some((subject) => prover.solution(operation, subject).under.length > 0)) return undefined;
  const circumstances: readonly Choices[] = [
    new Map(),
    ...prover.index
      .endpoints("secretsmanager", region)
      .map((endpoint) => new Map([[ROUTE_GROUP, endpointMember(endpoint, prover)]])),
  ];
  const scenarios = subjects.flatMap((subject) =>
    circumstances.map((choices) => scenarioOf(operation, subject, choices, prover.since)),
  );
  const scenario = scenarios.reduce((best, one) => (progress(one) > progress(best) ? one : best));
  const denied = scenario.steps.find(({ decision }) => !decision.allowed);
  return denied && { who: subjects[0]!.who, region, scenario, denied };
}

/** Steps passed; at the one that is not, an explicit denial is further away than a missing permission. */
function progress({ steps }: Scenario): number {
  const at = steps.findIndex(({ decision }) => !decision.allowed);
  if (at === -1) return steps.length;
  const { decision } = steps[at]!;
  return at + (decision.allowed || decision.because.kind === "explicit-deny" ? 0 : 0.5);
}
