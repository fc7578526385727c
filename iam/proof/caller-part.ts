import { AttachedPolicy, PolicyWorld } from "../decision";
import { actionView } from "./action-view";
import { looksAtCallerOnly } from "./caller-only";
import { DENIED, Draft, isCertain, openAll, openPolicy } from "./open-policy";
import { Pair } from "./pair";
import { Endpoint, isKnown, Levels, WorldDocument } from "./world";

/** What stands around a request besides the resource's policy and the caller's own: the same for many resources. */
export interface CallerPart {
  readonly policies: Pick<PolicyWorld, "boundary" | "session" | "scps" | "rcps">;
  /** Policies of endpoints that do not let the request through in any case, by id. */
  readonly endpoints: ReadonlyMap<string, AttachedPolicy>;
}

interface KnownPart {
  readonly part: CallerPart | typeof DENIED;
  readonly rcps: Levels | undefined;
  readonly endpoints: readonly Endpoint[];
  readonly signature: string;
}

const parts = new WeakMap<Pair["subject"], Map<string, KnownPart>>();

/**
 * Worked out once for each caller, action and way when the documents look at nothing else.
 *
 * @throws DENIED when one of them denies in any case
 */
export function callerPart(pair: Pair, endpoints: readonly Endpoint[], draft: Draft): CallerPart {
  const { subject, frame } = pair;
  let ofSubject = parts.get(subject);
  if (ofSubject === undefined) parts.set(subject, (ofSubject = new Map()));
  const place = `${frame.action} ${frame.region} ${frame.route} ${endpoints.length} ${frame.resource.accountId}`;
  let known = ofSubject.get(place);
  if (known === undefined || known.rcps !== frame.rcps || known.endpoints !== endpoints) {
    const [said, opened] = [draft.signature.length, draft.open.length];
    const part = makePart(pair, endpoints, draft);
    // Whether what is open here has a say hangs on the request.
    if (draft.open.length > opened) draft.onlyDenials = false;
    const signature = draft.signature.splice(said).join();
    known = { part, rcps: frame.rcps, endpoints, signature };
    if (draft.open.length === opened && documentsOf(pair, endpoints).every((one) => isOfCaller(one, pair))) {
      ofSubject.set(place, known);
    }
  }
  if (known.part === DENIED) throw DENIED;
  draft.signature.push(known.signature);
  return known.part;
}

function makePart(pair: Pair, endpoints: readonly Endpoint[], draft: Draft): KnownPart["part"] {
  try {
    return { policies: limitsOf(pair, draft), endpoints: endpointsOf(pair, endpoints, draft) };
  } catch (reason) {
    if (reason === DENIED) return DENIED;
    throw reason;
  }
}

function limitsOf(pair: Pair, draft: Draft): CallerPart["policies"] {
  const { boundary, session, scps, rcps } = documents(pair);
  const { signature } = draft;
  const levels = (name: string, given: Levels) =>
    given.map((level, index) => {
      signature.push(`${name}${index}`);
      return openAll(level, pair, draft);
    });
  if (boundary) signature.push("boundary");
  const opened = boundary && openPolicy(boundary, pair, draft);
  if (session) signature.push("session");
  return {
    ...(opened && { boundary: opened }),
    ...(session && { session: openAll(session, pair, draft) }),
    ...(scps && { scps: levels("scp", scps) }),
    ...(rcps && { rcps: levels("rcp", rcps) }),
  };
}

/** Service-linked roles are held back by no organisation's policy. */
function documents({ subject, frame }: Pair) {
  const { principal, boundary, session, scps } = subject;
  const isExempt = principal.kind === "role-session" && principal.serviceLinked === true;
  return isExempt ? { boundary, session } : { boundary, session, scps, rcps: frame.rcps };
}

function documentsOf(pair: Pair, endpoints: readonly Endpoint[]): readonly WorldDocument[] {
  const { boundary, session = [], scps = [], rcps = [] } = documents(pair);
  return [
    ...(boundary ? [boundary] : []),
    ...session,
    ...scps.flat(),
    ...rcps.flat(),
    ...endpoints.flatMap(({ policy }) => policy ?? []),
  ];
}

function isOfCaller(document: WorldDocument, { evaluation }: Pair): boolean {
  return isKnown(document) && looksAtCallerOnly(actionView(document.policy, evaluation.action));
}

function endpointsOf(
  pair: Pair,
  endpoints: readonly Endpoint[],
  draft: Draft,
): ReadonlyMap<string, AttachedPolicy> {
  draft.signature.push("endpoints");
  const found = new Map<string, AttachedPolicy>();
  const opened = new Map<string, AttachedPolicy["policy"]>();
  for (const { id, policy: document } of endpoints) {
    if (document === undefined) continue;
    const text = textOf(document);
    let policy = opened.get(text);
    if (policy === undefined) opened.set(text, (policy = openPolicy(document, pair, draft, false).policy));
    const isOpen = policy.denies.length === 0 && policy.allows.some(isCertain);
    if (!isOpen) found.set(id, { source: document.source, policy });
  }
  draft.signature.push(...found.keys());
  return found;
}

const texts = new WeakMap<object, string>();

/** The same for documents that say the same: many endpoints have one policy. */
function textOf(document: WorldDocument): string {
  if (!isKnown(document)) return document.source;
  const { document: written } = document.policy;
  let known = texts.get(written);
  if (known === undefined) texts.set(written, (known = JSON.stringify(written)));
  return known;
}
