import { AccessRequest, RequestContext } from "../access-request";
import { KmsGrant } from "../decision";
import { findGrant } from "../kms-grants";
import { literalAtom } from "./atom";
import { keyState } from "./frame";
import { Draft } from "./open-policy";
import { OpenTest } from "./open-test";
import { Pair } from "./pair";
import { HOLDS, UNDECIDED } from "./slate";

const VERSION_ID = "kms:encryptioncontext:secretversionid";
const ENCRYPTION_CONTEXT = "kms:encryptioncontext:";

/** What grants compare the encryption context with. */
export function requestOf({ frame, subject }: Pair): AccessRequest {
  const { action, resource } = frame;
  return { principal: subject.principal, action, resource, context: encryptionContext(frame) };
}

const contexts = new WeakMap<Pair["frame"], RequestContext>();

function encryptionContext(frame: Pair["frame"]): RequestContext {
  let known = contexts.get(frame);
  if (known === undefined) {
    const context: Record<string, string | readonly string[]> = {};
    for (const [key, value] of frame.fixed) {
      if (key.startsWith(ENCRYPTION_CONTEXT) && value !== undefined) context[key] = value;
    }
    if (frame.free.has(VERSION_ID)) context[VERSION_ID] = "";
    contexts.set(frame, (known = context));
  }
  return known;
}

const noGrants = () => [];

/** Grants that may let the caller in; those for one version of the secret as the slate has it. */
export function grantsOf(pair: Pair, draft: Draft): (() => readonly KmsGrant[]) | undefined {
  const { frame } = pair;
  if (frame.grants === undefined) return undefined;
  if (frame.grants.length === 0) return noGrants;
  const request = requestOf(pair);
  const certain = frame.grants.filter((grant) => findGrant([grant], request) !== undefined);
  draft.signature.push(...certain.map((grant) => `grant ${JSON.stringify(grant)}`));
  const ofVersions = frame.grants.flatMap((grant) => {
    const test = versionTest(grant, request, pair);
    if (test === undefined) return [];
    const place = draft.slate.place(test);
    draft.open.push([place]);
    draft.onlyDenials = false;
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
