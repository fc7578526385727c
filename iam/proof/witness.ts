import { AccessRequest } from "../access-request";
import { decide } from "../decide";
import { AttachedPolicy, PolicyWorld } from "../decision";
import { Scenario, Step } from "./answer";
import { Member, memberValue } from "./dimension";
import { Frame, keyState, OperationFrames } from "./frame";
import { KeyDomain, KeyValue, MFA_GROUP, ROUTE_GROUP, TIME_GROUP, VERSION_GROUP } from "./key-domain";
import { Subject } from "./subject";
import { isoTime, valueClasses } from "./value-classes";
import { isKnown, Levels, WorldDocument } from "./world";

/** What was chosen of what a request leaves open, by group. */
export type Choices = ReadonlyMap<string, Member>;

const OF_CALLERS = (
  "aws:principalarn aws:principalaccount aws:principalorgid aws:principalorgpaths aws:principaltype " +
  "aws:principalisawsservice aws:principalservicename aws:principalservicenameslist aws:username aws:userid " +
  "aws:securetransport aws:currenttime aws:epochtime aws:tokenissuetime aws:multifactorauthpresent aws:viaawsservice " +
  "aws:sourceip aws:sourcevpc aws:sourcevpce aws:sourcevpcarn aws:vpcsourceip aws:vpceaccount aws:vpceorgid " +
  "aws:vpceorgpaths aws:calledvia aws:calledviafirst aws:calledvialast kms:calleraccount"
).split(" ");

/** The requests of an operation in these circumstances, decided. What the choices leave open is chosen. */
export function scenarioOf(
  { operation, frames }: OperationFrames,
  subject: Subject,
  choices: Choices,
  since: number,
  tags: readonly string[] = [],
): Scenario {
  const endpoint = choices.get(ROUTE_GROUP)?.endpoint;
  const steps = frames
    .filter((frame) => isAsked(frame, subject))
    .map((frame, index): Step => {
      const request = requestOf(frame, subject, choices, since, tags);
      const world = documentsOf(frame, subject, index === 0 ? endpoint?.policy : undefined);
      return { request, world, decision: decide(request, world) };
    });
  return { operation, ...(endpoint && { endpointId: endpoint.id }), steps };
}

function isAsked({ ofOwnAccountOnly, resource }: Frame, { principal }: Subject): boolean {
  if (ofOwnAccountOnly !== "else skip") return true;
  return "accountId" in principal && principal.accountId === resource.accountId;
}

function requestOf(
  frame: Frame,
  subject: Subject,
  choices: Choices,
  since: number,
  tags: readonly string[],
): AccessRequest {
  const keys = new Set([
    ...OF_CALLERS,
    ...(subject.tagKeys ?? []),
    ...tags,
    ...frame.fixed.keys(),
    ...frame.free.keys(),
  ]);
  for (const { values } of choices.values()) for (const key of values.keys()) keys.add(key.replace(/^>/, ""));
  const context: Record<string, string | readonly string[]> = {};
  for (const key of keys) {
    const value = valueOf(key, frame, subject, choices, since);
    if (value !== undefined) context[key] = value;
  }
  return { principal: subject.principal, action: frame.action, resource: frame.resource, context };
}

function valueOf(key: string, frame: Frame, subject: Subject, choices: Choices, since: number): KeyValue {
  const state = keyState(frame, subject, key);
  if (state.kind === "unknown") return undefined;
  if (state.kind === "fixed") return state.value;
  const chosen = choices.get(state.domain.group);
  if (chosen !== undefined && (chosen.values.has(key) || !state.domain.group.startsWith("key:"))) {
    return memberValue(chosen, key, frame.route) ?? usual(key, state.domain, frame, since, chosen);
  }
  return usual(key, state.domain, frame, since, undefined);
}

/** What requests say that nobody looks at. */
function usual(
  key: string,
  domain: KeyDomain,
  { route }: Frame,
  since: number,
  chosen: Member | undefined,
): KeyValue {
  switch (domain.group) {
    case ROUTE_GROUP:
      return chosen === undefined ? USUAL_ROUTE[route === "forwarded" ? `>${key}` : key] : undefined;
    case TIME_GROUP:
      if (key === "aws:epochtime") return String(Math.floor(since / 1000));
      return isoTime(key === "aws:tokenissuetime" ? issueTime(since, chosen) : since);
    case MFA_GROUP:
      return key === "aws:multifactorauthpresent" && chosen === undefined && !domain.mayBeAbsent
        ? "false"
        : undefined;
    case VERSION_GROUP:
      if (chosen !== undefined) return undefined;
      return (
        { "secretsmanager:versionstage": "AWSCURRENT", "secretsmanager:versionid": undefined }[key] ??
        versionId(key)
      );
    default:
      return domain.mayBeAbsent ? undefined : valueClasses(domain, []).values[0];
  }
}

/** A little before the request, as temporary credentials are. */
function issueTime(since: number, chosen: Member | undefined): number {
  const now = chosen?.values.get("aws:currenttime");
  return (typeof now === "string" ? Date.parse(now) : since) - 1000;
}

function versionId(key: string): KeyValue {
  return key === "secretsmanager:versionid" ? undefined : "00000000-0000-4000-8000-000000000000";
}

const USUAL_ROUTE: Readonly<Record<string, KeyValue>> = {
  "aws:sourceip": "198.51.100.77",
  "aws:viaawsservice": "false",
  ">aws:calledvia": ["secretsmanager.amazonaws.com"],
  ">aws:calledviafirst": "secretsmanager.amazonaws.com",
};

/** The documents that decide, those that are known. */
export function documentsOf(
  frame: Frame,
  subject: Subject,
  endpoint: WorldDocument | undefined,
): PolicyWorld {
  const { boundary, session, scps } = subject;
  const { policy, grants, rcps } = frame;
  return {
    identity: knownOf(subject.identity),
    ...one("boundary", boundary),
    ...(session && { session: knownOf(session) }),
    ...one("resource", policy),
    ...one("endpoint", endpoint),
    ...(scps && { scps: levelsOf(scps) }),
    ...(rcps && { rcps: levelsOf(rcps) }),
    ...(grants && { grants }),
  };
}

function one(name: "boundary" | "resource" | "endpoint", document: WorldDocument | undefined) {
  return document !== undefined && isKnown(document) ? { [name]: document } : {};
}

function levelsOf(levels: Levels): readonly (readonly AttachedPolicy[])[] {
  return levels.map(knownOf);
}

function knownOf(documents: readonly WorldDocument[]): readonly AttachedPolicy[] {
  return documents.filter(isKnown);
}
