import { BaselineEntry } from "./baseline";
import { publicMark } from "./fingerprint";
import { canMatchUnder, urnMatcher } from "./urn-glob";
import { isExpired, Waiver } from "./waiver";

/** What may be hidden, and until when. */
export interface Exceptions {
  readonly waivers: readonly Waiver[];
  readonly baseline: readonly BaselineEntry[];
}

/** No waiver and no baseline. */
export const noExceptions: Exceptions = { waivers: [], baseline: [] };

/** A finding as far as hiding goes. */
export type Hideable = BaselineEntry;

/** Why a finding is not shown. */
export type HiddenBy = { readonly kind: "waiver"; readonly waiver: Waiver } | { readonly kind: "baseline" };

/** What a run says about its waivers and its baseline. */
export interface SieveReport {
  /** Waivers that hid something, and how many findings. */
  readonly used: readonly { readonly waiver: Waiver; readonly findings: number }[];
  /** Findings that the baseline hid. */
  readonly baselined: number;
  /** Past their last day: they hide nothing any more. */
  readonly expired: readonly Waiver[];
  /** In force, about this stack, and without a finding to hide. */
  readonly unused: readonly Waiver[];
  /** In the baseline, of this stack, and gone. */
  readonly resolved: readonly BaselineEntry[];
}

/** Decides finding by finding what is hidden, and remembers it for the report at the end. */
export class Sieve {
  private readonly matchers: readonly ((finding: Hideable) => boolean)[];
  private readonly baseline: ReadonlySet<string>;
  private readonly findingsOf = new Map<Waiver, number>();
  private readonly seen = new Set<string>();
  private readonly openRules = new Set<string>();

  constructor(
    private readonly exceptions: Exceptions,
    /** The day in UTC, as `2026-11-24`. */
    private readonly today: string,
  ) {
    this.matchers = exceptions.waivers.map(matcherOf);
    this.baseline = new Set(exceptions.baseline.map(keyOf));
  }

  /** Whether nothing can be hidden. */
  isEmpty(): boolean {
    return this.exceptions.waivers.length === 0 && this.exceptions.baseline.length === 0;
  }

  /** Why this finding is hidden; undefined when it shows. Findings about the public always do. */
  hiddenBy(finding: Hideable): HiddenBy | undefined {
    this.seen.add(keyOf(finding));
    if (finding.fingerprint.startsWith(publicMark)) return undefined;
    const waiver = this.exceptions.waivers.find(
      (one, index) => !isExpired(one, this.today) && this.matchers[index]!(finding),
    );
    if (waiver !== undefined) {
      this.findingsOf.set(waiver, (this.findingsOf.get(waiver) ?? 0) + 1);
      return { kind: "waiver", waiver };
    }
    return this.baseline.has(keyOf(finding)) ? { kind: "baseline" } : undefined;
  }

  /** The rule could not tell everything: what it has not found may still be there. */
  noteUndecided(rule: string): void {
    this.openRules.add(rule);
  }

  /**
   * What there is to say at the end of a run over one stack. Forgets the run.
   *
   * @param prefix of the stack's URNs, such as `urn:pulumi:dev::orders::`
   */
  takeReport(prefix: string): SieveReport {
    const { waivers, baseline } = this.exceptions;
    const here = waivers.filter(({ urn }) => canMatchUnder(urn, prefix));
    const told = (rule: string) => !this.openRules.has(rule);
    const report = {
      used: [...this.findingsOf].map(([waiver, findings]) => ({ waiver, findings })),
      baselined: baseline.filter((entry) => this.seen.has(keyOf(entry)) && !this.waived(entry)).length,
      expired: here.filter((one) => isExpired(one, this.today)),
      unused: here.filter(
        (one) => !isExpired(one, this.today) && !this.findingsOf.has(one) && told(one.rule),
      ),
      resolved: baseline.filter(
        (one) => one.urn.startsWith(prefix) && !this.seen.has(keyOf(one)) && told(one.rule),
      ),
    };
    this.findingsOf.clear();
    this.seen.clear();
    this.openRules.clear();
    return report;
  }

  private waived(finding: Hideable): boolean {
    return this.exceptions.waivers.some(
      (one, index) => !isExpired(one, this.today) && this.matchers[index]!(finding),
    );
  }
}

function matcherOf({ rule, urn, fingerprints }: Waiver): (finding: Hideable) => boolean {
  const matches = urnMatcher(urn);
  return (finding) =>
    finding.rule === rule && fingerprints.includes(finding.fingerprint) && matches(finding.urn);
}

function keyOf({ rule, urn, fingerprint }: Hideable): string {
  return [rule, urn, fingerprint].join(" ");
}
