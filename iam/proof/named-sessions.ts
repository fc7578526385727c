import { Frame } from "./frame";
import { mentionsOf } from "./policy-mentions";
import { Endpoint, NamedPrincipal } from "./world";

type Sessions = ReadonlyMap<string, readonly string[]>;

/**
 * Names of sessions of the role that policies name: of the resources, and of endpoints that the first request may come
 * through.
 */
export function sessionsOf(
  { arn, accountId }: NamedPrincipal,
  frames: readonly Frame[],
  endpoints: readonly Endpoint[],
): readonly string[] {
  const known = sessionsIn(frames, endpoints);
  if (known.size === 0) return NONE;
  return known.get(`${accountId}/${arn.slice(arn.lastIndexOf("/") + 1)}`) ?? NONE;
}

const sessions = new WeakMap<readonly Frame[], Sessions>();

function sessionsIn(frames: readonly Frame[], endpoints: readonly Endpoint[]): Sessions {
  let known = sessions.get(frames);
  if (known === undefined) sessions.set(frames, (known = readSessions(frames, endpoints)));
  return known;
}

/** Names of sessions by account and role. */
function readSessions(frames: readonly Frame[], endpoints: readonly Endpoint[]): Sessions {
  const found = new Map<string, string[]>();
  const add = (name: string) => {
    const [, accountId, role, session] = /:sts::(\d*):assumed-role\/([^/]*)\/(.*)$/.exec(name) ?? [];
    if (session === undefined) return;
    const key = `${accountId}/${role}`;
    const list = found.get(key);
    if (list === undefined) found.set(key, [session]);
    else if (!list.includes(session)) list.push(session);
  };
  namesIn(endpoints, frames[0]!.action.toLowerCase()).forEach(add);
  for (const { policy, action, grants } of frames) {
    if (policy !== undefined) mentionsOf(policy, action.toLowerCase()).names.forEach(add);
    grants?.forEach(({ granteePrincipal }) => add(granteePrincipal));
  }
  return found;
}

const byAction = new WeakMap<readonly Endpoint[], Map<string, readonly string[]>>();

/** Sessions that the endpoints' policies name for an action. */
function namesIn(endpoints: readonly Endpoint[], action: string): readonly string[] {
  if (endpoints.length === 0) return NONE;
  let ofEndpoints = byAction.get(endpoints);
  if (ofEndpoints === undefined) byAction.set(endpoints, (ofEndpoints = new Map()));
  let known = ofEndpoints.get(action);
  if (known === undefined) {
    const names = endpoints.flatMap(({ policy }) => (policy ? mentionsOf(policy, action).names : []));
    ofEndpoints.set(action, (known = names.filter((name) => name.includes(":sts:"))));
  }
  return known;
}

const NONE: readonly string[] = [];
