/** Members as CloudTrail spells them, with a small first letter, at every depth; without the hidden ones. */
export function lowerMembers(value: object, hidden: readonly string[] = []): Record<string, unknown> {
  const lowered: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    if (one !== undefined && !hidden.includes(name)) lowered[lowerFirst(name)] = lower(one, hidden);
  }
  return lowered;
}

function lower(value: unknown, hidden: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => lower(item, hidden));
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date || value instanceof Uint8Array) return value;
  return lowerMembers(value, hidden);
}

function lowerFirst(name: string): string {
  return /^[A-Z]{2,}$/.test(name) ? name.toLowerCase() : name.charAt(0).toLowerCase() + name.slice(1);
}
