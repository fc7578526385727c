import { fileValue } from "./file-value";
import { fingerprintPattern, publicMark } from "./fingerprint";
import { found, Problem } from "./problem";
import { fitsEveryName } from "./urn-glob";
import { Waiver } from "./waiver";

/** What a file of waivers is held against. */
export interface WaiverLimits {
  /** Ids of the rules there are. */
  readonly rules: readonly string[];
  /** The day in UTC, as `2026-11-24`. */
  readonly today: string;
  /** How many days from today a waiver may hold at most. */
  readonly maximumDays: number;
}

/** The waivers of a file, or everything that is wrong with it: a file with a problem waives nothing. */
export interface ParsedWaivers {
  readonly waivers: readonly Waiver[];
  readonly problems: readonly Problem[];
}

const shortestReason = 10;

type Report = (member: string, message: string) => void;
type Entry = Readonly<Record<string, unknown>>;

const members = ["rule", "urn", "fingerprint", "reason", "owner", "ticket", "expires"];

/** Reads a file of waivers, YAML or JSON: an object with the list `waivers`. Every problem is reported, with its path. */
export function parseWaivers(text: string, limits: WaiverLimits): ParsedWaivers {
  const { value, problems: unreadable } = fileValue(text);
  if (unreadable.length > 0) return { waivers: [], problems: unreadable };
  const problems: Problem[] = [];
  const entries = listOf(value, problems);
  const waivers = entries.flatMap((entry, index) => {
    const path = `waivers[${index}]`;
    const before = problems.length;
    const waiver = readWaiver(entry, path, limits, problems);
    return problems.length === before && waiver !== undefined ? [waiver] : [];
  });
  problems.push(...repeated(waivers));
  return problems.length > 0 ? { waivers: [], problems } : { waivers, problems };
}

function listOf(value: unknown, problems: Problem[]): readonly unknown[] {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    problems.push({ path: "file", message: `expected an object with the list waivers, got ${found(value)}` });
    return [];
  }
  for (const name of Object.keys(value)) {
    if (name !== "waivers") problems.push({ path: name, message: "unknown member; known: waivers" });
  }
  const { waivers } = value as { readonly waivers?: unknown };
  if (Array.isArray(waivers)) return waivers;
  problems.push({ path: "waivers", message: `expected a list, got ${found(waivers)}` });
  return [];
}

function readWaiver(
  entry: unknown,
  path: string,
  limits: WaiverLimits,
  problems: Problem[],
): Waiver | undefined {
  if (entry === null || typeof entry !== "object" || Array.isArray(entry)) {
    problems.push({ path, message: `expected an object, got ${found(entry)}` });
    return undefined;
  }
  const given = entry as Entry;
  const report: Report = (member, message) => problems.push({ path: `${path}.${member}`, message });
  for (const name of Object.keys(given)) {
    if (!members.includes(name)) report(name, `unknown member; known: ${members.join(", ")}`);
  }
  return {
    path,
    rule: readRule(given, limits.rules, report),
    urn: readUrn(given, report),
    fingerprints: readFingerprints(given["fingerprint"], report),
    reason: readText(given, "reason", shortestReason, report),
    owner: readText(given, "owner", 1, report),
    ticket: readText(given, "ticket", 1, report),
    expires: readExpires(given["expires"], limits, report),
  };
}

function readText(given: Entry, member: string, shortest: number, report: Report): string {
  const value = given[member];
  const text = typeof value === "string" ? value.trim() : "";
  const least = shortest > 1 ? ` of at least ${shortest} characters` : "";
  if (text.length < shortest) report(member, `expected text${least}, got ${found(value)}`);
  return text;
}

function readRule(given: Entry, rules: readonly string[], report: Report): string {
  const rule = readText(given, "rule", 1, report);
  if (rule !== "" && !rules.includes(rule)) {
    report("rule", `expected the name of a rule as docs/rules.md lists it, got ${found(rule)}`);
  }
  return rule;
}

function readUrn(given: Entry, report: Report): string {
  const urn = readText(given, "urn", 1, report);
  if (urn !== "" && fitsEveryName(urn)) {
    report("urn", `expected a URN that says which resource, got ${found(urn)}, which fits every one`);
  }
  return urn;
}

function readFingerprints(value: unknown, report: Report): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const expected = "the twelve digits that the report shows behind the finding, or a list of them";
  if (list.length === 0) report("fingerprint", `expected ${expected}, got []`);
  for (const one of list) {
    if (typeof one !== "string" || !fingerprintPattern.test(one)) {
      report("fingerprint", `expected ${expected}, got ${found(one)}`);
    } else if (one.startsWith(publicMark)) {
      report("fingerprint", `${one} is about the public, which no waiver hides: fix the finding`);
    }
  }
  return list as readonly string[];
}

function readExpires(value: unknown, { today, maximumDays }: WaiverLimits, report: Report): string {
  const text = typeof value === "string" ? value : "";
  const time = Date.parse(`${text}T00:00:00Z`);
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && text.length === 10;
  if (!isDay) {
    report("expires", `expected a day such as 2027-01-31, got ${found(value)}`);
    return text;
  }
  const days = Math.round((time - Date.parse(`${today}T00:00:00Z`)) / 86_400_000);
  if (days > maximumDays) {
    report("expires", `expected at most ${maximumDays} days from ${today}, got ${text}, which is ${days}`);
  }
  return text;
}

function repeated(waivers: readonly Waiver[]): readonly Problem[] {
  const first = new Map<string, string>();
  return waivers.flatMap(({ path, rule, urn, fingerprints }) =>
    fingerprints.flatMap((fingerprint) => {
      const key = [rule, urn, fingerprint].join(" ");
      const earlier = first.get(key);
      first.set(key, earlier ?? path);
      return earlier === undefined
        ? []
        : [{ path, message: `says the same as ${earlier} for ${fingerprint}` }];
    }),
  );
}
