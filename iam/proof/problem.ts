import { decide } from "../decide";
import { AttachedPolicy, PolicyWorld } from "../decision";
import { callerPart } from "./caller-part";
import { Frame, OperationFrames } from "./frame";
import { Numbering } from "./open-test";
import { grantsOf, requestOf } from "./open-grants";
import { DENIED, Draft, openAll, openPolicy } from "./open-policy";
import { Pair, pairOf } from "./pair";
import { Slate } from "./slate";
import { Subject } from "./subject";
import { Endpoint } from "./world";

/** One operation by one caller, as far as the circumstances decide it. */
export interface Problem {
  readonly slate: Slate;
  readonly open: readonly (readonly number[])[];
  /** Equal for problems with equal solutions. */
  readonly signature: string;
  /** Given when the requests are allowed, or are not, unless one of the open statements applies. */
  readonly unless?: string;
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
const NONE: readonly string[] = [];

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
    const unless = draft.onlyDenials === true && parts.every(({ restricting }) => restricting.length === 0);
    return {
      slate: draft.slate,
      open: draft.open,
      ...(unless && { unless: draft.open.map((places) => `[${places.join()}]`).join() }),
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
  const resource = resourceOf(pair, draft);
  const { policies, endpoints: throughEndpoints } = callerPart(pair, endpoints, draft);
  draft.signature.push("identity");
  const identity = openAll(subject.identity, pair, draft);
  const grants = grantsOf(pair, draft);
  draft.signature.push(isForeign(subject, frame) ? "foreign" : "own");
  return {
    restricting: throughEndpoints.size === 0 ? NONE : [...throughEndpoints.keys()],
    isAllowed: (endpointId) => {
      const endpoint = endpointId === undefined ? undefined : throughEndpoints.get(endpointId);
      const world: PolicyWorld = {
        identity,
        ...(resource && { resource }),
        ...policies,
        ...(endpoint && { endpoint }),
        ...(grants && { grants: grants() }),
      };
      return decide(requestOf(pair), world).allowed;
    },
  };
}

/** The resource's own policy; who is not of its account needs to be let in. */
function resourceOf(pair: Pair, draft: Draft): AttachedPolicy | undefined {
  const { subject, frame } = pair;
  const { policy, grants } = frame;
  if (policy) draft.signature.push("resource");
  const resource = policy && openPolicy(policy, pair, draft);
  if (isForeign(subject, frame) && !resource?.policy.allows.length && !grants?.length) throw DENIED;
  return resource;
}
