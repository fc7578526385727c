import { Finding } from "../rule";

type Undecided = Extract<Finding, { readonly kind: "undecided" }>;

interface Note {
  readonly code: string;
  readonly finding: Undecided;
}

/** What could not be told yet in one run, over all rules, to be said once at its end. */
export class UndecidedNotes {
  private readonly notes = new Map<string, readonly Note[]>();

  /** Replaces what the rule noted about this subject before: resources are judged in the preview and in the update. */
  set(code: string, subject: string, findings: readonly Finding[]): void {
    const notes = findings.flatMap((finding) => (finding.kind === "undecided" ? [{ code, finding }] : []));
    this.notes.set(`${code} ${subject}`, notes);
  }

  /** Whether there is nothing to say. */
  isEmpty(): boolean {
    return [...this.notes.values()].every((notes) => notes.length === 0);
  }

  /** One text with a line for each reason, and an empty one when all is decided. Forgets what it says. */
  takeText(): string {
    const byReason = new Map<string, Set<string>>();
    for (const { code, finding } of [...this.notes.values()].flat()) {
      const line = `${finding.reason}; decided by ${finding.decidedBy}`;
      byReason.set(line, (byReason.get(line) ?? new Set()).add(code));
    }
    this.notes.clear();
    return [...byReason].map(([line, codes]) => `${[...codes].join(", ")}: ${line}`).join("\n");
  }
}
