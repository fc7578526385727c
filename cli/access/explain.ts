import { explain as explainDecision, RequestContext } from "../../iam";
import { readable, Scenario, Step } from "../../iam/proof";
import { requesterText } from "../../policies/world";
import { CommandFailure, CommandIo } from "../command-io";
import { Estate, estateOf, findSecret, organizationFrom } from "./estate";
import { deployed, Sources } from "./sources";
import { documentLines } from "./document-lines";

/** What `strongroom access explain` was asked for. */
export interface ExplainOptions extends Sources {
  readonly policyConfig?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly operation: string;
  /** `key=value`; a key given twice has several values. */
  readonly context: readonly string[];
  readonly json: boolean;
}

/** `strongroom access explain`: one call, document by document. @returns 0 when it is allowed, 1 when it is refused */
export async function explain(
  secretName: string,
  principal: string,
  options: ExplainOptions,
  io: CommandIo,
): Promise<number> {
  const context = contextFrom(options.context);
  const estate = await estateOf(await deployed(options, io), organizationFrom(options.policyConfig, io));
  const { secret } = findSecret(estate, secretName);
  const scenario = replay(estate, {
    secretId: secret.id,
    principal: principalIn(principal, estate),
    operation: options.operation,
    context,
    ...(options.region === undefined ? {} : { region: options.region }),
    ...(options.endpoint === undefined ? {} : { endpointId: options.endpoint }),
  });
  const isAllowed = scenario.steps.every(({ decision }) => decision.allowed);
  if (options.json) io.out(`${JSON.stringify(plain(scenario, isAllowed), null, 2)}\n`);
  else io.out(text(scenario, isAllowed));
  return isAllowed ? 0 : 1;
}

function replay({ proof }: Estate, call: Parameters<Estate["proof"]["replay"]>[0]): Scenario {
  try {
    return proof.replay(call);
  } catch (error) {
    throw new CommandFailure(`access explain: ${(error as Error).message}`);
  }
}

/** A role's or a user's name stands for its ARN when there is only one. */
function principalIn(name: string, { world }: Estate): string {
  if (name.startsWith("arn:") || name === "anonymous" || /\.amazonaws\.com$/.test(name)) return name;
  const found = world.world.principals.filter(({ arn }) => arn.endsWith(`/${name}`));
  if (found.length === 1) return found[0]!.arn;
  const known = (found.length > 0 ? found : world.world.principals).map(({ arn }) => arn).sort();
  const problem = found.length === 0 ? `no role or user ${name}` : `several are called ${name}`;
  throw new CommandFailure(
    `access explain: ${problem}; give an ARN, such as ${known.slice(0, 20).join(", ")}`,
  );
}

/** @throws CommandFailure when an entry is no `key=value` */
export function contextFrom(entries: readonly string[]): RequestContext {
  const context: Record<string, string | readonly string[]> = {};
  for (const entry of entries) {
    const cut = entry.indexOf("=");
    if (cut < 1) throw new CommandFailure(`access explain: --context ${entry} is not key=value`);
    const key = entry.slice(0, cut).toLowerCase();
    const value = entry.slice(cut + 1);
    const earlier = context[key];
    context[key] = earlier === undefined ? value : [...[earlier].flat(), value];
  }
  return context;
}

function text(scenario: Scenario, isAllowed: boolean): string {
  const [first] = scenario.steps;
  const through =
    scenario.endpointId === undefined ? "through no VPC endpoint" : `through ${scenario.endpointId}`;
  const head =
    first === undefined
      ? ""
      : `${scenario.operation} by ${requesterText(first.request.principal)} ${through}`;
  const steps = scenario.steps.map((step, index) => stepText(step, index + 1));
  const end = isAllowed ? "allowed: every request of the call is" : "refused";
  return readable([head, ...steps, end, ""].join("\n"));
}

function stepText({ request, decision, world }: Step, number: number): string {
  const context = Object.entries(request.context).sort(([a], [b]) => a.localeCompare(b));
  return [
    "",
    `${number}. ${request.action} on ${request.resource.arn}`,
    ...documentLines(request, world).map((line) => `   ${line}`),
    `   => ${explainDecision(decision)}`,
    `   context: ${context.map(([key, value]) => `${key}=${[value].flat().join(",")}`).join(" ")}`,
  ].join("\n");
}

function plain(scenario: Scenario, isAllowed: boolean) {
  return {
    operation: scenario.operation,
    endpointId: scenario.endpointId,
    allowed: isAllowed,
    steps: scenario.steps.map(({ request, decision, world }) => ({
      request,
      documents: documentLines(request, world),
      decision,
      because: explainDecision(decision),
    })),
  };
}
