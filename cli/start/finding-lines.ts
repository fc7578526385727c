/** A finding of the pack, as an event log has it. */
export interface LoggedFinding {
  readonly policyName: string;
  readonly message: string;
  readonly enforcementLevel: string;
}

const SHOWN_OF_EACH = 2;

/** From the worst on: everybody; every account, which the fingerprint says; all of something. Then single ones. */
const BREADTHS = [/ by anybody/, /\[public-[0-9a-f]+\]$/, / by any /];

/** The first findings of each rule, those that open most before the others; the rest is counted. */
export function findingLines(findings: readonly LoggedFinding[]): readonly string[] {
  const byRule = new Map<string, Set<string>>();
  for (const { policyName, message } of findings) {
    const text = message.trim().split("\n").at(-1)!;
    byRule.set(policyName, (byRule.get(policyName) ?? new Set()).add(text));
  }
  return [...byRule].flatMap(([rule, texts]) => {
    const ordered = [...texts].sort((a, b) => breadthOf(a) - breadthOf(b));
    const shown = ordered.slice(0, SHOWN_OF_EACH).map((text) => `${rule}: ${text}`);
    return texts.size > shown.length ? [...shown, `${rule}: and ${texts.size - shown.length} more`] : shown;
  });
}

function breadthOf(text: string): number {
  const found = BREADTHS.findIndex((breadth) => breadth.test(text));
  return found === -1 ? BREADTHS.length : found;
}
