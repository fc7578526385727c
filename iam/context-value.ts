import { RequestContext } from "./access-request";

/** What the request says about a key, in lower case; keys are a document's own text, so `constructor` is one too. */
export function contextValue(context: RequestContext, key: string): string | readonly string[] | undefined {
  return Object.hasOwn(context, key) ? context[key] : undefined;
}
