import { compileGlob, tokenizeGlob } from "../glob";
import { actionView } from "./action-view";
import { isKnown, NamedPrincipal } from "./world";

/**
 * ARNs that a thing which the caller makes may have: one for each way in which the policies of the principals write
 * the resources of the action, and one that no policy has in mind.
 *
 * @param start the beginning of each of them: `arn:aws:lambda:eu-west-1:111111111111:function:`
 */
export function madeResources(
  start: string,
  action: string,
  principals: readonly NamedPrincipal[],
): readonly string[] {
  if (start === "*") return ["*"];
  const patterns = new Set(principals.flatMap((principal) => patternsOf(principal, action.toLowerCase())));
  const made = [...patterns].flatMap((pattern) => instanceOf(pattern, start) ?? []);
  return [...new Set([`${start}made-by-caller`, ...made])];
}

function patternsOf({ identity }: NamedPrincipal, action: string): readonly string[] {
  return identity.flatMap((document) =>
    isKnown(document)
      ? actionView(document.policy, action).allows.flatMap(({ parts }) => parts.statement.Resource ?? [])
      : [],
  );
}

/** The pattern with something in the place of its wildcards; `undefined` when it is about other things. */
function instanceOf(pattern: string, start: string): string | undefined {
  const [given, own] = [pattern.split(":"), start.split(":")];
  if (given.length < 6 || pattern.includes("${")) return undefined;
  const isElsewhere = own.slice(0, 5).some((part, at) => !compileGlob(tokenizeGlob(given[at]!))(part));
  if (isElsewhere) return undefined;
  const rest = given.slice(5).join(":").replaceAll("*", "made").replaceAll("?", "x");
  const made = [...own.slice(0, 5), rest].join(":");
  return made.startsWith(start) ? made : undefined;
}
