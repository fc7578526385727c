import { Property, ResourceType } from "./resource-type";
import { Properties, sameContent, sameJson, samePolicy, sameSet, sameValue } from "./values";

/** Whether two values of an input mean the same to AWS. */
export function sameProperty(property: Property | undefined, a: unknown, b: unknown): boolean {
  if (property?.same !== undefined && a !== undefined && b !== undefined) {
    return property.same(a, b);
  }
  switch (property?.kind) {
    case "policy":
      return samePolicy(a, b);
    case "json":
      return sameJson(a, b);
    case "set":
      return sameSet(a, b);
    case "archive":
      return sameContent(a, b);
    default:
      return sameValue(a, b);
  }
}

/** Names of the inputs in which the two differ. An input that AWS chooses when it is left out differs only when given. */
export function changedInputs(type: ResourceType, olds: Properties, news: Properties): string[] {
  const names = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...names].filter(
    (name) =>
      !name.startsWith("__") &&
      !(news[name] === undefined && type.inputs[name]?.computed) &&
      !sameProperty(type.inputs[name], olds[name], news[name]),
  );
}
