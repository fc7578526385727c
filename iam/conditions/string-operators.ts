import { compileGlob, GlobTokens, matchesGlob } from "../glob";
import { constantTokens, hasVariables, parseTemplate, resolveTemplate } from "../policy-variables";
import { ValueMatcher, ConditionOperator } from "./operator-family";

/**
 * Exact, without case, and with the wildcards `*` and `?`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export const stringOperators: readonly ConditionOperator[] = [
  { name: "StringEquals", compileValue: equals },
  { name: "StringNotEquals", negated: true, compileValue: equals },
  { name: "StringEqualsIgnoreCase", compileValue: equalsIgnoreCase },
  { name: "StringNotEqualsIgnoreCase", negated: true, compileValue: equalsIgnoreCase },
  { name: "StringLike", compileValue: like },
  { name: "StringNotLike", negated: true, compileValue: like },
];

function equals(policyValue: string, variables: boolean): ValueMatcher {
  return compile(policyValue, variables, false, false);
}

function equalsIgnoreCase(policyValue: string, variables: boolean): ValueMatcher {
  return compile(policyValue, variables, false, true);
}

function like(policyValue: string, variables: boolean): ValueMatcher {
  return compile(policyValue, variables, true, false);
}

function compile(
  policyValue: string,
  variables: boolean,
  wildcards: boolean,
  ignoreCase: boolean,
): ValueMatcher {
  const template = parseTemplate(policyValue, variables, wildcards);
  const fold = ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  const foldTokens = ignoreCase ? lowerCase : (tokens: GlobTokens) => tokens;
  if (!hasVariables(template)) {
    const matches = compileGlob(foldTokens(constantTokens(template)));
    return ignoreCase ? (value) => matches(fold(value)) : matches;
  }
  return (value, context) => {
    const tokens = resolveTemplate(template, context);
    return tokens !== undefined && matchesGlob(foldTokens(tokens), fold(value));
  };
}

function lowerCase(tokens: GlobTokens): GlobTokens {
  return tokens.flatMap((unit) => {
    if (unit < 0) return [unit];
    const lower = String.fromCharCode(unit).toLowerCase();
    return Array.from({ length: lower.length }, (_, index) => lower.charCodeAt(index));
  });
}
