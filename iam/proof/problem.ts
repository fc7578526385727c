import { decide } from "../decide";
import { AttachedPolicy, PolicyWorld } from "../decision";
import { Frame, OperationFrames } from "./frame";
import { Numbering } from "./open-test";
import { grantsOf, requestOf } from "./open-grants";
import { DENIED, Draft, isCertain, openAll, openPolicy } from "./open-policy";
import { Pair, pairOf } from "./pair";
import { Slate } from "./slate";
import { Subject } from "./subject";
import { Endpoint, Levels, WorldDocument } from "./world";

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

const NO_ENDPOINTS: readonly Endpoint[] = [];

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
      return [framePart(frame, subject, index === 0 ? endpoints : NO_ENDPOINTS, draft, numbering)];
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

function isSkipped(frame: Frame, subject: Subject): boolean {
  const { ofOwnAccountOnly } = frame;
  if (ofOwnAccountOnly === undefined) return false;
  if (!isForeign(subject, frame)) return false;
  if (ofOwnAccountOnly === "else impossible") throw DENIED;
  return true;
}

/** Whether the caller is none of the resource's account; the resource's side must then let it in. */
function isForeign({ principal }: Subject, { resource }: Frame): boolean {
  return !("accountId" in principal && principal.accountId === resource.accountId);
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
  draft.signature.push(`in ${!isForeign(subject, frame)}`);
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
    return openAll(documents, pair, draft);
  };
  const levels = (name: string, given: Levels) => given.map((level, index) => open(`${name}${index}`, level));
  const single = (name: string, document: WorldDocument): AttachedPolicy => {
    signature.push(name);
    return openPolicy(document, pair, draft);
  };
  const resource = frame.policy && single("resource", frame.policy);
  if (isForeign(subject, frame) && !resource?.policy.allows.length && !frame.grants?.length) throw DENIED;
  const identity = open("identity", subject.identity);
  const boundary = subject.boundary && single("boundary", subject.boundary);
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
  const restricted = withPolicies(endpoints);
  const policies = openAll(restricted.documents, pair, draft, false);
  policies.forEach((attached, index) => {
    const { allows, denies } = attached.policy;
    if (denies.length > 0 || !allows.some(isCertain)) found.set(restricted.ids[index]!, attached);
  });
  if (found.size > 0) draft.signature.push(...found.keys());
  return found;
}

interface Restricted {
  readonly ids: readonly string[];
  readonly documents: readonly WorldDocument[];
}

const restrictedOf = new WeakMap<readonly Endpoint[], Restricted>();

function withPolicies(endpoints: readonly Endpoint[]): Restricted {
  let known = restrictedOf.get(endpoints);
  if (known === undefined) {
    const some = endpoints.filter(({ policy }) => policy !== undefined);
    known = { ids: some.map(({ id }) => id), documents: some.flatMap(({ policy }) => policy ?? []) };
    restrictedOf.set(endpoints, known);
  }
  return known;
}
