import { GlobTokens, tokenizeGlob, tokenizeLiteral } from "./glob";
import { contextValue } from "./context-value";
import { RequestContext } from "./access-request";

/** A value of a policy, split at its variables. Literal text is already tokenised. */
export type Template = readonly TemplatePart[];

export type TemplatePart =
  | { readonly kind: "text"; readonly tokens: GlobTokens }
  | { readonly kind: "variable"; readonly key: string; readonly fallback?: GlobTokens };

const VARIABLE = /\$\{([^}]*)\}/g;
const WITH_DEFAULT = /^\s*([^,]*?)\s*,\s*'(.*)'\s*$/s;

/**
 * Splits a value at `${key}` and `${key, 'default'}`; `${*}`, `${?}` and `${$}` are the plain characters.
 * Documents of version 2008-10-17 (also the default) have no variables: there the text stands for itself.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseTemplate(text: string, variables: boolean, wildcards: boolean): Template {
  const tokenize = wildcards ? tokenizeGlob : tokenizeLiteral;
  if (!variables || !text.includes("${")) return [{ kind: "text", tokens: tokenize(text) }];
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > end) parts.push({ kind: "text", tokens: tokenize(text.slice(end, match.index)) });
    parts.push(parseVariable(match[1] ?? ""));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: "text", tokens: tokenize(text.slice(end)) });
  return parts;
}

function parseVariable(inside: string): TemplatePart {
  if (inside === "*" || inside === "?" || inside === "$") {
    return { kind: "text", tokens: tokenizeLiteral(inside) };
  }
  const withDefault = WITH_DEFAULT.exec(inside);
  return withDefault
    ? {
        kind: "variable",
        key: (withDefault[1] ?? "").toLowerCase(),
        fallback: tokenizeLiteral(withDefault[2] ?? ""),
      }
    : { kind: "variable", key: inside.trim().toLowerCase() };
}

/** Whether the template depends on the request. */
export function hasVariables(template: Template): boolean {
  return template.some((part) => part.kind === "variable");
}

/** The tokens of a template without variables. */
export function constantTokens(template: Template): GlobTokens {
  return template.flatMap((part) => (part.kind === "text" ? part.tokens : []));
}

/**
 * Puts the request's values in. A wildcard in a value is a plain character. `undefined` when a variable without
 * default is absent from the request or has several values: such a value matches nothing, in `NotResource` and in
 * negated operators too.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function resolveTemplate(template: Template, context: RequestContext): GlobTokens | undefined {
  const tokens: number[] = [];
  for (const part of template) {
    const resolved = part.kind === "text" ? part.tokens : resolveVariable(part, context);
    if (resolved === undefined) return undefined;
    for (const unit of resolved) tokens.push(unit);
  }
  return tokens;
}

function resolveVariable(
  part: Extract<TemplatePart, { kind: "variable" }>,
  context: RequestContext,
): GlobTokens | undefined {
  const value = contextValue(context, part.key);
  return typeof value === "string" ? tokenizeLiteral(value) : part.fallback;
}
