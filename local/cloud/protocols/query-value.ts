import { Shape } from "../core/shape";
import { typedText } from "./typed-text";

/**
 * Builds the value of a shape from form parameters: members `A.B`, lists `A.member.1`, maps `A.entry.1.key`.
 * What cannot be read as its type stays text, and the shape refuses it.
 */
export function queryValue(shape: Shape<unknown>, form: ReadonlyMap<string, string>, name: string): unknown {
  const { form: kind } = shape;
  switch (kind?.kind) {
    case "structure":
      return structureValue(kind.members, form, name);
    case "list":
      return listValue(kind.of, form, name);
    case "map":
      return mapValue(kind.of, form, name);
    default: {
      const text = form.get(name);
      return text === undefined ? undefined : typedText(shape, text);
    }
  }
}

function structureValue(
  members: Readonly<Record<string, Shape<unknown>>>,
  form: ReadonlyMap<string, string>,
  name: string,
): unknown {
  const prefix = name === "" ? "" : `${name}.`;
  if (name !== "" && !hasPrefix(form, prefix)) return undefined;
  const entries = Object.entries(members).map(([member, shape]) => [
    member,
    queryValue(shape, form, prefix + member),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function listValue(of: Shape<unknown>, form: ReadonlyMap<string, string>, name: string): unknown {
  if (form.get(name) === "") return [];
  const prefix = hasPrefix(form, `${name}.member.`) ? `${name}.member.` : `${name}.`;
  const items: unknown[] = [];
  for (let index = 1; has(form, prefix + index); index++) items.push(queryValue(of, form, prefix + index));
  return items.length > 0 ? items : undefined;
}

function mapValue(of: Shape<unknown>, form: ReadonlyMap<string, string>, name: string): unknown {
  const entries: [string, unknown][] = [];
  for (let index = 1; form.has(`${name}.entry.${index}.key`); index++) {
    const entry = `${name}.entry.${index}`;
    entries.push([form.get(`${entry}.key`)!, queryValue(of, form, `${entry}.value`)]);
  }
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function has(form: ReadonlyMap<string, string>, name: string): boolean {
  return form.has(name) || hasPrefix(form, `${name}.`);
}

function hasPrefix(form: ReadonlyMap<string, string>, prefix: string): boolean {
  for (const key of form.keys()) if (key.startsWith(prefix)) return true;
  return false;
}
