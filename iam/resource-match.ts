import { ArnSegments, compileSegment, SegmentMatcher, splitTemplate } from "./arn-match";
import { ANY_RUN } from "./glob";
import { parseTemplate, Template } from "./policy-variables";
import { RequestContext } from "./access-request";

/** Tells whether a pattern of a `Resource` or `NotResource` element means an ARN, whole and already split. */
export type ResourceMatcher = (
  arn: string,
  segments: ArnSegments | undefined,
  context: RequestContext,
) => boolean;

interface PatternSegment {
  readonly matches: SegmentMatcher;
  /** Its last character is `*`. */
  readonly open: boolean;
}

const ARN_SEGMENTS = 6;

/**
 * Compares part by part. A wildcard stays inside its part, but for a `*` that is a part's last character: that
 * one "can expand to match beyond the colon boundaries".
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function compileResourcePattern(pattern: string, variables: boolean): ResourceMatcher {
  if (pattern === "*") return () => true;
  const segments = splitTemplate(parseTemplate(pattern, variables, true)).map((template) => ({
    matches: compileSegment(template),
    open: endsWithStar(template),
  }));
  const mayExpand = segments.slice(0, ARN_SEGMENTS - 1).some((segment) => segment.open);
  return (arn, split, context) =>
    (split !== undefined && matchesPartByPart(segments, split, context)) ||
    (mayExpand && matchesExpanded(segments, 0, arn.split(":"), 0, context));
}

function endsWithStar(template: Template): boolean {
  const last = template.findLast((part) => part.kind === "variable" || part.tokens.length > 0);
  return last?.kind === "text" && last.tokens.at(-1) === ANY_RUN;
}

function matchesPartByPart(
  segments: readonly PatternSegment[],
  arn: ArnSegments,
  context: RequestContext,
): boolean {
  if (segments.length !== ARN_SEGMENTS) return false;
  for (let index = ARN_SEGMENTS - 1; index >= 0; index--) {
    if (!segments[index]!.matches(arn[index]!, context)) return false;
  }
  return true;
}

function matchesExpanded(
  segments: readonly PatternSegment[],
  from: number,
  text: readonly string[],
  at: number,
  context: RequestContext,
): boolean {
  const segment = segments[from]!;
  if (at >= text.length) return false;
  if (from === segments.length - 1) return matchesRest(segment, from, text, at, context);
  if (!segment.matches(text[at]!, context)) return false;
  const furthest = segment.open ? text.length - 1 : at + 1;
  for (let next = at + 1; next <= furthest; next++) {
    if (matchesExpanded(segments, from + 1, text, next, context)) return true;
  }
  return false;
}

/** The pattern's last part: of a whole ARN it has the rest of the text, colons and all. */
function matchesRest(
  segment: PatternSegment,
  from: number,
  text: readonly string[],
  at: number,
  context: RequestContext,
): boolean {
  if (from === ARN_SEGMENTS - 1) return segment.matches(text.slice(at).join(":"), context);
  return (segment.open || at === text.length - 1) && segment.matches(text[at]!, context);
}
