import { fileValue } from "./file-value";
import { fingerprintPattern, publicMark } from "./fingerprint";
import { found, Problem } from "./problem";

/** A finding that an estate had when its baseline was written. */
export interface BaselineEntry {
  readonly rule: string;
  readonly urn: string;
  readonly fingerprint: string;
}

/** The findings of a baseline, or everything that is wrong with its file: a file with a problem hides nothing. */
export interface ParsedBaseline {
  readonly entries: readonly BaselineEntry[];
  readonly problems: readonly Problem[];
}

/** Reads a baseline: an object with the list `findings`. */
export function parseBaseline(text: string): ParsedBaseline {
  const { value, problems: unreadable } = fileValue(text);
  if (unreadable.length > 0) return { entries: [], problems: unreadable };
  const list = (value as { readonly findings?: unknown } | null | undefined)?.findings;
  if (!Array.isArray(list)) {
    const message = `expected an object with the list findings, got ${found(value)}`;
    return { entries: [], problems: [{ path: "file", message }] };
  }
  const problems = list.flatMap((entry: unknown, index) => entryProblems(entry, `findings[${index}]`));
  return problems.length > 0 ? { entries: [], problems } : { entries: list as BaselineEntry[], problems };
}

function entryProblems(entry: unknown, path: string): readonly Problem[] {
  if (entry === null || typeof entry !== "object") {
    return [{ path, message: `expected an object, got ${found(entry)}` }];
  }
  const { rule, urn, fingerprint } = entry as Partial<Record<keyof BaselineEntry, unknown>>;
  const problems: Problem[] = [];
  if (typeof rule !== "string")
    problems.push({ path: `${path}.rule`, message: `expected text, got ${found(rule)}` });
  if (typeof urn !== "string")
    problems.push({ path: `${path}.urn`, message: `expected text, got ${found(urn)}` });
  if (typeof fingerprint !== "string" || !fingerprintPattern.test(fingerprint)) {
    const message = `expected a finding's twelve digits, got ${found(fingerprint)}`;
    problems.push({ path: `${path}.fingerprint`, message });
  } else if (fingerprint.startsWith(publicMark)) {
    const message = `${fingerprint} is about the public, which no baseline hides: fix the finding`;
    problems.push({ path: `${path}.fingerprint`, message });
  }
  return problems;
}

/** The file for these findings, sorted, so that two runs differ only in what changed. Those about the public are left out. */
export function renderBaseline(findings: readonly BaselineEntry[]): string {
  const kept = findings.filter(({ fingerprint }) => !fingerprint.startsWith(publicMark));
  const lines = [
    ...new Set(kept.map(({ rule, urn, fingerprint }) => JSON.stringify({ rule, urn, fingerprint }))),
  ];
  const body = lines
    .sort()
    .map((line) => `    ${line}`)
    .join(",\n");
  return `{\n  "findings": [${body === "" ? "" : `\n${body}\n  `}]\n}\n`;
}
