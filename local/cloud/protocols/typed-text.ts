import { Shape } from "../core/shape";

/** A text of a query, path or header as the JSON type of its shape; text that is no such thing stays text. */
export function typedText(shape: Shape<unknown> | undefined, text: string): unknown {
  switch (shape?.form?.kind) {
    case "number":
      return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    default:
      return text;
  }
}
