import { decoded } from "./decoded";
import { isRandom } from "./form";
import { membersOf } from "./members";
import { isReference } from "./reference";

/** What the scanner found in a text, in words; undefined for nothing. */
type Verdict = string | undefined;

/** Texts are few and come again: in the preview, in the update, for each rule that looks. */
const verdicts = new Map<string, Verdict>();

/** Forgets texts beyond this number, so that a long-lived process does not grow. */
const remembered = 50_000;

/**
 * Looks for tokens of known vendors, in base64 and in the members of JSON too, with secretlint's recommended rules, which know their forms. All texts go in one
 * scan; the package is loaded with the first. Undefined when there is nothing to scan.
 *
 * @see https://github.com/secretlint/secretlint
 */
export function scan(texts: readonly string[]): Promise<void> | undefined {
  const members = texts.flatMap((text) => membersOf(text).map((member) => member.text));
  const fresh = [...new Set([...texts, ...members])].filter(
    (text) => !verdicts.has(text) && mayHoldToken(decoded(text)),
  );
  return fresh.length === 0 ? undefined : scanAll(fresh);
}

/** What {@link scan} found in the text; undefined for nothing, and before the scan. */
export function scanned(text: string): Verdict {
  return verdicts.get(text);
}

/** Tokens are random words, passwords in URLs follow a colon: other texts are not worth loading the scanner for. */
function mayHoldToken(text: string): boolean {
  if (text.includes("-----BEGIN ") || /:\/\/[^\s/]*@/.test(text)) return true;
  return text.split(/[\s"',;=]+/).some((word) => isRandom(word) && !isReference(word));
}

async function scanAll(texts: readonly string[]): Promise<void> {
  if (verdicts.size > remembered) verdicts.clear();
  const [{ lintSource }, { creator }] = await Promise.all([
    import("@secretlint/core"),
    import("@secretlint/secretlint-rule-preset-recommend"),
  ]);
  const { content, ends } = joined(texts.map(decoded));
  const { messages } = await lintSource({
    source: { content, filePath: "properties", contentType: "text", ext: "" },
    options: {
      config: { rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }] },
      maskSecrets: true,
      noPhysicFilePath: true,
    },
  });
  for (const text of texts) verdicts.set(text, undefined);
  for (const { range, ruleId } of messages) {
    const text = texts[ends.findIndex((end) => range[0] < end)];
    if (text !== undefined) verdicts.set(text, `a credential that secretlint knows (${shortName(ruleId)})`);
  }
}

/** Blank lines between the texts, so that no pattern reaches from one into the next. */
function joined(texts: readonly string[]): { readonly content: string; readonly ends: readonly number[] } {
  const separator = "\n\n\n";
  let length = 0;
  const ends = texts.map((text) => (length += text.length + separator.length));
  return { content: texts.map((text) => text + separator).join(""), ends };
}

function shortName(ruleId: string): string {
  return ruleId.replace(/^.*secretlint-rule-/, "");
}
