/** A finding that somebody answers for, until a day. */
export interface Waiver {
  /** Where it stands in its file, such as `waivers[2]`: reports name it so. */
  readonly path: string;
  /** Id of the rule. */
  readonly rule: string;
  /** Which resources, as a URN in which `*` stands for any text and `?` for one character. */
  readonly urn: string;
  /** The findings that are waived, as the reports print them. A finding that changes gets another one and shows again. */
  readonly fingerprints: readonly string[];
  readonly reason: string;
  readonly owner: string;
  readonly ticket: string;
  /** The last day on which it holds, in UTC, as `2027-01-31`. */
  readonly expires: string;
}

/** True when its last day, in UTC, has passed. */
export function isExpired(waiver: Waiver, today: string): boolean {
  return waiver.expires < today;
}

/** The day in UTC, as `2027-01-31`. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** `waivers[2] (key-rotation, owner payments, ticket SEC-12)`. */
export function nameOf({ path, rule, owner, ticket }: Waiver): string {
  return `${path} (${rule}, owner ${owner}, ticket ${ticket})`;
}
