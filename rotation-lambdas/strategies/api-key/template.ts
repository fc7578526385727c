import { RotationError } from "../../rotation-error";

/** What placeholders stand for. */
export type TemplateValues = Readonly<Record<string, string | undefined>>;

/** Replaces each `{{name}}`; `escape` makes the value fit where it stands. @throws RotationError for a missing value */
export function fillText(
  text: string,
  values: TemplateValues,
  escape: (value: string) => string = same,
): string {
  return text.replace(/\{\{(.*?)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new RotationError("invalid-secret", `api-key: there is no value for {{${name}}}`);
    return escape(value);
  });
}

/** Replaces in every text of a JSON value, so that no value can end its text and begin another field. */
export function fillJson(value: unknown, values: TemplateValues): unknown {
  if (typeof value === "string") return fillText(value, values);
  if (Array.isArray(value)) return value.map((item) => fillJson(item, values));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fillJson(inner, values)]));
}

/** The value at a JSON pointer. @see https://www.rfc-editor.org/rfc/rfc6901 */
export function valueAt(document: unknown, pointer: string): unknown {
  const steps = pointer.split("/").slice(1);
  return steps
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>(
      (inner, step) => (isContainer(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined),
      document,
    );
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function same(value: string): string {
  return value;
}
