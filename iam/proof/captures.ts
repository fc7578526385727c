import { ANY_RUN, GlobTokens, matchesGlob } from "../glob";
import { RequestContext } from "../access-request";
import { contextValue } from "../context-value";
import { tokenizeLiteral } from "../glob";
import { parseTemplate, TemplatePart } from "../policy-variables";

const MOST = 200;

/**
 * The values of a variable with which a pattern can match a text: every piece of the text that stands where the
 * variable stands. `undefined` when there are too many to list.
 */
export function captures(
  pattern: string,
  variable: string,
  text: string,
  context: RequestContext,
): readonly string[] | undefined {
  const template = parseTemplate(pattern, true, true);
  const at = template.findIndex((part) => part.kind === "variable" && part.key === variable);
  if (at === -1) return [];
  const left = loose(template.slice(0, at), context);
  const right = loose(template.slice(at + 1), context);
  const found = new Set<string>();
  for (let start = 0; start <= text.length; start++) {
    if (!matchesGlob(left, text.slice(0, start))) continue;
    for (let end = start; end <= text.length; end++) {
      if (matchesGlob(right, text.slice(end))) found.add(text.slice(start, end));
      if (found.size > MOST) return undefined;
    }
  }
  return [...found];
}

/** Wildcards in place of the variables that have no value yet. */
function loose(parts: readonly TemplatePart[], context: RequestContext): GlobTokens {
  return parts.flatMap((part) => {
    if (part.kind === "text") return part.tokens;
    const value = contextValue(context, part.key);
    return typeof value === "string" ? tokenizeLiteral(value) : [ANY_RUN];
  });
}
