import { Frame } from "./frame";
import { mentionsOf } from "./policy-mentions";
import { NamedPrincipal } from "./world";

/** Names of sessions of the role that policies name. */
export function sessionsOf({ arn, accountId }: NamedPrincipal, frames: readonly Frame[]): readonly string[] {
  const role = arn.slice(arn.lastIndexOf("/") + 1);
  const prefix = `:sts::${accountId}:assumed-role/${role}/`;
  const names = frames.flatMap(({ policy, action, grants }) => [
    ...(policy === undefined ? [] : mentionsOf(policy, action.toLowerCase()).names),
    ...(grants ?? []).map(({ granteePrincipal }) => granteePrincipal),
  ]);
  const sessions = names.flatMap((name) => {
    const at = name.indexOf(prefix);
    return at === -1 ? [] : [name.slice(at + prefix.length)];
  });
  return sessions.length === 0 ? NONE : [...new Set(sessions)];
}

const NONE: readonly string[] = [];
