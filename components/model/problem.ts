/** One thing wrong with one value, as data: shown to people, asserted in tests. */
export interface Problem {
  /** Where the value stands, such as `secrets[2].rotation.schedule`. */
  readonly path: string;
  /** What would be right, as a noun phrase. */
  readonly expected: string;
  /** What stands there; `nothing` when it is missing. */
  readonly got: string;
}

/** `secrets[2].name: expected a name of its own, got "orders/database"` */
export function problemLine({ path, expected, got }: Problem): string {
  return `${path}: expected ${expected}, got ${got}`;
}

/** A value as a problem shows it: JSON, shortened to 80 characters; `nothing` for what is missing. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
