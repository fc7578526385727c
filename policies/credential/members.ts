/** A value that lies open, with the name under which it does. */
export interface NamedText {
  /** Of the variable, the property, the tag. */
  readonly name: string;
  readonly text: string;
}

/** Members of a JSON text with their names; none when it is no object or list. */
export function membersOf(text: string): readonly NamedText[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    return textsIn(JSON.parse(text), "");
  } catch {
    return [];
  }
}

function textsIn(value: unknown, name: string): readonly NamedText[] {
  if (typeof value === "string") return [{ name, text: value }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((member) => textsIn(member, name));
  // The form in which containers and builds are given variables.
  const { name: given, key, value: text } = value as Record<string, unknown>;
  const variable = typeof given === "string" ? given : key;
  if (typeof variable === "string" && typeof text === "string") return [{ name: variable, text }];
  return Object.entries(value).flatMap(([member, inner]) => textsIn(inner, member));
}
