import { decide } from "../decide";
import { ActionClass, Scenario, Step } from "./answer";
import { anonymousSubject, principalOf, serviceSubject, strangerSubject } from "./class-subjects";
import { OperationFrames } from "./frame";
import { ROUTE_GROUP, Route } from "./key-domain";
import { namedSubjects } from "./named-subjects";
import { operationsOf } from "./operations";
import { Replay } from "./proof";
import { Prover } from "./prover";
import { networkMember } from "./route-candidates";
import { Subject } from "./subject";
import { Endpoint, Secret } from "./world";
import { Choices, scenarioOf } from "./witness";
import { keyState, Frame } from "./frame";

const CLASSES: readonly ActionClass[] = ["read", "write", "rotate", "change-policy"];

/** Decides every request of a call, whatever comes of those before. @throws Error for what is not in the world */
export function replayCall(call: Replay, secret: Secret, prover: Prover): Scenario {
  const copy = secret.copies.find(({ region }) => call.region === undefined || region === call.region);
  if (copy === undefined)
    throw new Error(`secret ${secret.id} has no copy in ${call.region ?? "any Region"}`);
  const name = call.operation ?? "GetSecretValue";
  const operation = CLASSES.flatMap((kind) => operationsOf(kind, copy, prover.index)).find(
    (one) => one.operation === name,
  );
  if (operation === undefined)
    throw new Error(`${name} is not an operation on secret ${secret.id} in ${copy.region}`);
  const subject = subjectFor(call.principal, prover);
  const choices = choicesFor(call.endpointId, prover);
  const tags = Object.keys(call.context ?? {}).map((key) => key.toLowerCase());
  return overridden(scenarioOf(operation, subject, choices, prover.since, tags), operation, subject, call);
}

/** The caller that an ARN or name means. @throws Error when it is none */
export function subjectFor(name: string, prover: Prover): Subject {
  if (name === "anonymous") return anonymousSubject;
  if (!name.startsWith("arn:")) {
    if (name.includes(".")) return serviceSubject(name);
    if (/^\d{12}$/.test(name)) return subjectFor(`arn:aws:iam::${name}:root`, prover);
  }
  const principal = principalOf(name);
  if (principal === undefined) throw new Error(`${name} is no principal`);
  const arn = principal.kind === "role-session" ? principal.roleArn : name;
  const known =
    prover.index.principal(arn) ??
    (principal.kind === "role-session" ? prover.roleOfSession(name) : undefined);
  if (known !== undefined) {
    const session = arn === name ? [] : [name.slice(name.lastIndexOf("/") + 1)];
    return namedSubjects(known, session, prover.index).at(-1)!;
  }
  const { accountId } = principal;
  const account = prover.index.account(accountId);
  const { organization } = prover.index.world;
  const isMember = account?.organizationPath !== undefined && organization !== undefined;
  const membership = isMember
    ? { organizationId: organization.id, organizationPaths: [account.organizationPath!] }
    : {};
  return strangerSubject({ kind: "others-of-account", accountId }, principal, membership, account?.scps, []);
}

function choicesFor(endpointId: string | undefined, prover: Prover): Choices {
  if (endpointId === undefined) return new Map();
  const endpoint = prover.index.world.endpoints.find(({ id }) => id === endpointId);
  if (endpoint === undefined) throw new Error(`there is no VPC endpoint ${endpointId}`);
  return new Map([[ROUTE_GROUP, endpointMember(endpoint, prover)]]);
}

export function endpointMember(endpoint: Endpoint, prover: Prover) {
  return networkMember(endpoint, prover.surroundings(endpoint.service, endpoint.region));
}

/** The given keys stand in the caller's request, and in a forwarded one as far as they are the caller's own. */
function overridden(
  scenario: Scenario,
  operation: OperationFrames,
  subject: Subject,
  { context }: Replay,
): Scenario {
  if (context === undefined) return scenario;
  const steps = scenario.steps.map((step): Step => {
    const frame = operation.frames.find(({ action }) => action === step.request.action)!;
    const given = Object.entries(context)
      .map(([key, value]) => [key.toLowerCase(), value] as const)
      .filter(([key]) => isOfRequest(key, frame, subject, frame.route));
    const request = { ...step.request, context: { ...step.request.context, ...Object.fromEntries(given) } };
    return { ...step, request, decision: decide(request, step.world) };
  });
  return { ...scenario, steps };
}

function isOfRequest(key: string, frame: Frame, subject: Subject, route: Route): boolean {
  if (route === "direct") return !key.startsWith("kms:") || frame.action.startsWith("kms:");
  if (frame.fixed.has(key)) return false;
  const state = keyState(frame, subject, key);
  if (key.startsWith("aws:principal") || state.kind === "unknown") return true;
  return state.kind === "free" && state.domain.group !== ROUTE_GROUP;
}
