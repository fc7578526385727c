import { isKnown, WorldDocument } from "./world";

/** Whether a trust policy lets anyone do this at all; one that is not known may. */
export function trusts(trust: WorldDocument | undefined, action: string): boolean {
  if (trust === undefined) return false;
  if (!isKnown(trust)) return true;
  return trust.policy.allows.some(({ parts }) => parts.action === undefined || parts.action(action));
}
