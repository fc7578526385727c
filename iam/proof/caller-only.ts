import { CompiledPolicy } from "../compiled-policy";
import { variablesOf } from "./document-texts";

const callerOnly = new WeakMap<CompiledPolicy, boolean>();
const OF_CALLERS = /^(aws:(principal.*|requestedregion|securetransport)|kms:(viaservice|calleraccount))$/;

/** Whether nothing but the caller, the Region and the way of the request decides what the document comes to. */
export function looksAtCallerOnly(view: CompiledPolicy): boolean {
  let known = callerOnly.get(view);
  if (known === undefined) {
    known = [...view.allows, ...view.denies].every(
      ({ parts }) =>
        parts.resource === undefined &&
        parts.conditions.every((test) => OF_CALLERS.test(test.key) && variablesOf(test).length === 0),
    );
    callerOnly.set(view, known);
  }
  return known;
}
