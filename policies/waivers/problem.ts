/** Something wrong with a file of waivers or a baseline: where, what was expected, what was found. */
export interface Problem {
  /** Such as `waivers[2].expires`, or `line 7` where the text itself cannot be read. */
  readonly path: string;
  readonly message: string;
}

/** Every problem of one file, one a line. */
export function problemText(file: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const lines = problems.map(({ path, message }) => `  ${path}: ${message}`);
  return [`${file} has ${count}:`, ...lines].join("\n");
}

/** What was found, short enough for a line. */
export function found(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
