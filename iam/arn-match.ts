import { compileGlob, GlobTokens, matchesGlob } from "./glob";
import {
  constantTokens,
  hasVariables,
  parseTemplate,
  resolveTemplate,
  Template,
  TemplatePart,
} from "./policy-variables";
import { RequestContext } from "./access-request";

/** The six parts of an ARN; the last one keeps its colons. */
export type ArnSegments = readonly [string, string, string, string, string, string];

/** Tells whether an ARN, already split, is one the pattern means. */
export type ArnMatcher = (segments: ArnSegments, context: RequestContext) => boolean;

const SEGMENTS = 6;
const COLON = ":".charCodeAt(0);

/** Splits at the first five colons; `undefined` for text with fewer. */
export function splitArn(arn: string): ArnSegments | undefined {
  const segments: string[] = [];
  let start = 0;
  for (let count = 1; count < SEGMENTS; count++) {
    const colon = arn.indexOf(":", start);
    if (colon === -1) return undefined;
    segments.push(arn.slice(start, colon));
    start = colon + 1;
  }
  segments.push(arn.slice(start));
  return segments as unknown as ArnSegments;
}

/**
 * For the Arn condition operators: part by part, so that a wildcard in one of the first five never reaches across a
 * colon. A pattern of one `*` means every ARN; a pattern with fewer than six parts means none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function compileArnPattern(pattern: string, variables: boolean): ArnMatcher {
  if (pattern === "*") return () => true;
  const segments = splitTemplate(parseTemplate(pattern, variables, true));
  if (segments.length < SEGMENTS) return () => false;
  const matchers = segments.map(compileSegment);
  return (arn, context) => matchesEach(matchers, arn, context);
}

function matchesEach(
  matchers: readonly SegmentMatcher[],
  arn: ArnSegments,
  context: RequestContext,
): boolean {
  for (let index = SEGMENTS - 1; index >= 0; index--) {
    if (!matchers[index]!(arn[index]!, context)) return false;
  }
  return true;
}

/** Tells whether one part of an ARN is what the pattern means. */
export type SegmentMatcher = (text: string, context: RequestContext) => boolean;

export function compileSegment(template: Template): SegmentMatcher {
  if (!hasVariables(template)) return compileGlob(constantTokens(template));
  return (text, context) => {
    const tokens = resolveTemplate(template, context);
    return tokens !== undefined && matchesGlob(tokens, text);
  };
}

/** Cuts at the first five colons that the document itself has; colons inside of variables do not count. */
export function splitTemplate(template: Template): readonly Template[] {
  const segments: TemplatePart[][] = [[]];
  for (const part of template) {
    if (part.kind === "variable") {
      segments[segments.length - 1]!.push(part);
      continue;
    }
    let rest: GlobTokens = part.tokens;
    while (segments.length < SEGMENTS && rest.includes(COLON)) {
      const colon = rest.indexOf(COLON);
      segments[segments.length - 1]!.push({ kind: "text", tokens: rest.slice(0, colon) });
      segments.push([]);
      rest = rest.slice(colon + 1);
    }
    segments[segments.length - 1]!.push({ kind: "text", tokens: rest });
  }
  return segments;
}
