import { Problem } from "./problem";

/** Longest file that is read, in characters: some thousand waivers. */
const longest = 4_000_000;

/**
 * The value of a YAML 1.2 or JSON text, and undefined with problems when it cannot be read: bad syntax, a key that stands
 * twice, several documents, or a text that is too long.
 */
export function fileValue(text: string): { readonly value: unknown; readonly problems: readonly Problem[] } {
  if (text.length > longest) {
    const message = `expected at most ${longest} characters, got ${text.length}`;
    return { value: undefined, problems: [{ path: "file", message }] };
  }
  if (/^\s*\{/.test(text)) {
    try {
      return { value: JSON.parse(text) as unknown, problems: [] };
    } catch {
      // YAML has braces too; and it says the line of a mistake.
    }
  }
  // Only a run with such a file pays for loading the parser.
  const { parseAllDocuments } = require("yaml") as typeof import("yaml");
  const documents = parseAllDocuments(text, { prettyErrors: true });
  if (!Array.isArray(documents) || documents.length === 0) return { value: undefined, problems: [] };
  const errors = documents.flatMap(({ errors: each }) => each);
  if (errors.length > 0) {
    const problems = errors.map(({ linePos, message }) => ({
      path: `line ${linePos?.[0].line ?? "?"}`,
      message: message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, ""),
    }));
    return { value: undefined, problems };
  }
  if (documents.length > 1) {
    return { value: undefined, problems: [{ path: "file", message: "expected one document, got several" }] };
  }
  try {
    return { value: documents[0]!.toJS({ maxAliasCount: 20 }) as unknown, problems: [] };
  } catch (error) {
    return { value: undefined, problems: [{ path: "file", message: (error as Error).message }] };
  }
}
