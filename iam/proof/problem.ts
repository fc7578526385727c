import { AccessRequest } from "../access-request";
import { decide } from "../decide";
import { AttachedPolicy, KmsGrant, PolicyWorld } from "../decision";
import { findGrant } from "../kms-grants";
import { literalAtom } from "./atom";
import { Frame, keyState, OperationFrames } from "./frame";
import { Numbering, OpenTest } from "./open-test";
import { DENIED, Draft, isCertain, openPolicy } from "./open-policy";
import { Pair, pairOf } from "./pair";
import { HOLDS, Slate, UNDECIDED } from "./slate";
import { Subject } from "./subject";
import { Endpoint, Levels } from "./world";

/** One operation by one caller, as far as the circumstances decide it. */
export interface Problem {
  readonly slate: Slate;
  readonly open: readonly (readonly number[])[];
  /** Equal for problems with equal solutions. */
  readonly signature: string;
  /** Endpoints whose policies make a difference. */
  readonly restricting: ReadonlySet<string>;
  /**
   * Whether all requests are allowed, with what the slate says.
   *
   * @param endpoint through which the call comes; `undefined` for none, or when that is not decided
   */
  readonly isAllowed: (endpoint: string | undefined) => boolean;
}

const VERSION_ID = "kms:encryptioncontext:secretversionid";
const ENCRYPTION_CONTEXT = "kms:encryptioncontext:";

/** `undefined` when the caller is certainly denied. */
export function problemOf(
  { frames }: OperationFrames,
  subject: Subject,
  endpoints: readonly Endpoint[],
  numbering: Numbering,
): Problem | undefined {
  const draft: Draft = { slate: new Slate(), signature: [], open: [] };
  try {
    const parts = frames.flatMap((frame, index) => {
      if (isSkipped(frame, subject)) return [];
      return [framePart(frame, subject, index === 0 ? endpoints : [], draft, numbering)];
    });
    return {
      slate: draft.slate,
      open: draft.open,
      signature: draft.signature.join(),
      restricting: new Set(parts.flatMap(({ restricting }) => restricting)),
      isAllowed: (endpoint) => parts.every((part) => part.isAllowed(endpoint)),
    };
  } catch (reason) {
    if (reason === DENIED) return undefined;
    throw reason;
  }
}

function isSkipped({ ofOwnAccountOnly, resource }: Frame, { principal }: Subject): boolean {
  if (ofOwnAccountOnly === undefined) return false;
  if ("accountId" in principal && principal.accountId === resource.accountId) return false;
  if (ofOwnAccountOnly === "else impossible") throw DENIED;
  return true;
}

interface FramePart {
  readonly restricting: readonly string[];
  readonly isAllowed: (endpoint: string | undefined) => boolean;
}

function framePart(
  frame: Frame,
  subject: Subject,
  endpoints: readonly Endpoint[],
  draft: Draft,
  numbering: Numbering,
): FramePart {
  const pair = pairOf(frame, subject, numbering);
  const own = policiesOf(pair, draft);
  const grants = grantsOf(pair, draft);
  draft.signature.push("endpoints");
  const throughEndpoints = endpointsOf(pair, endpoints, draft);
  draft.signature.push(
    `in ${"accountId" in subject.principal && subject.principal.accountId === frame.resource.accountId}`,
  );
  const request = requestOf(pair);
  return {
    restricting: [...throughEndpoints.keys()],
    isAllowed: (endpointId) => {
      const endpoint = endpointId === undefined ? undefined : throughEndpoints.get(endpointId);
      const world: PolicyWorld = {
        ...own,
        ...(endpoint && { endpoint }),
        ...(grants && { grants: grants() }),
      };
      return decide(request, world).allowed;
    },
  };
}

/** Documents in an order that finds a certain denial early. */
function policiesOf(pair: Pair, draft: Draft): PolicyWorld {
  const { subject, frame } = pair;
  const { signature } = draft;
  const open = (name: string, documents: Subject["identity"]): readonly AttachedPolicy[] => {
    signature.push(name);
    return documents.map((document) => openPolicy(document, pair, draft));
  };
  const levels = (name: string, given: Levels) => given.map((level, index) => open(`${name}${index}`, level));
  const [resource] = frame.policy ? open("resource", [frame.policy]) : [];
  const identity = open("identity", subject.identity);
  const [boundary] = subject.boundary ? open("boundary", [subject.boundary]) : [];
  const session = subject.session && open("session", subject.session);
  const isExempt = subject.principal.kind === "role-session" && subject.principal.serviceLinked === true;
  const scps = subject.scps && !isExempt && levels("scp", subject.scps);
  const rcps = frame.rcps && !isExempt && levels("rcp", frame.rcps);
  return {
    identity,
    ...(resource && { resource }),
    ...(boundary && { boundary }),
    ...(session && { session }),
    ...(scps && { scps }),
    ...(rcps && { rcps }),
  };
}

/** Policies of endpoints that do not let the request through in any case. */
function endpointsOf(
  pair: Pair,
  endpoints: readonly Endpoint[],
  draft: Draft,
): ReadonlyMap<string, AttachedPolicy> {
  const found = new Map<string, AttachedPolicy>();
  for (const { id, policy } of endpoints) {
    if (policy === undefined) continue;
    draft.signature.push(id);
    const attached = openPolicy(policy, pair, draft, false);
    const { allows, denies } = attached.policy;
    const isOpen = denies.length === 0 && allows.some(isCertain);
    if (!isOpen) found.set(id, attached);
  }
  return found;
}

/** What grants compare the encryption context with. */
function requestOf({ frame, subject }: Pair): AccessRequest {
  const context: Record<string, string | readonly string[]> = {};
  for (const [key, value] of frame.fixed) {
    if (key.startsWith(ENCRYPTION_CONTEXT) && value !== undefined) context[key] = value;
  }
  if (frame.free.has(VERSION_ID)) context[VERSION_ID] = "";
  return { principal: subject.principal, action: frame.action, resource: frame.resource, context };
}

/** Grants that may let the caller in; those for one version of the secret as the slate has it. */
function grantsOf(pair: Pair, draft: Draft): (() => readonly KmsGrant[]) | undefined {
  const { frame } = pair;
  if (frame.grants === undefined) return undefined;
  const request = requestOf(pair);
  const certain = frame.grants.filter((grant) => findGrant([grant], request) !== undefined);
  draft.signature.push(...certain.map((grant) => `grant ${JSON.stringify(grant)}`));
  const ofVersions = frame.grants.flatMap((grant) => {
    const test = versionTest(grant, request, pair);
    if (test === undefined) return [];
    const place = draft.slate.place(test);
    draft.open.push([place]);
    draft.signature.push(`grant [${test.id}]`);
    const { encryptionContextEquals: _, encryptionContextSubset: __, ...unbound } = grant;
    return [{ grant: unbound, place }];
  });
  if (ofVersions.length === 0) return () => certain;
  const { slate } = draft;
  return () => [
    ...certain,
    ...ofVersions.flatMap(({ grant, place }) => {
      const truth = slate.truths[place];
      const counts = truth === HOLDS || (truth === UNDECIDED && slate.inFavour);
      return counts ? [grant] : [];
    }),
  ];
}

/** A grant that is for one version of the secret only. */
function versionTest(
  grant: KmsGrant,
  request: AccessRequest,
  { frame, subject, numbering }: Pair,
): OpenTest | undefined {
  const pairs = Object.entries({ ...grant.encryptionContextSubset, ...grant.encryptionContextEquals });
  const version = pairs.find(([key]) => key.toLowerCase() === "secretversionid")?.[1];
  const state = keyState(frame, subject, VERSION_ID);
  if (version === undefined || state.kind !== "free") return undefined;
  const holds = (value: string) =>
    findGrant([grant], { ...request, context: { ...request.context, [VERSION_ID]: value } }) !== undefined;
  if (!holds(version)) return undefined;
  return {
    id: numbering.of(`grant ${JSON.stringify(grant)} ${frame.resource.arn}`),
    keys: [{ key: VERSION_ID, domain: state.domain, atoms: [literalAtom(version)] }],
    frame,
    holds: (valueOf) => holds(String(valueOf(VERSION_ID))),
  };
}
