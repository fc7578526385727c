import { Finding, Rule } from "../rule";
import { withDefaults } from "../setting";
import { loadExceptions } from "./exception-files";
import { fingerprintOf, stackPrefix } from "./fingerprint";
import { isAboutThePublic } from "./public-findings";
import { hiddenFindings, staleWaivers } from "./report-lines";
import { waiverSettings } from "./settings";
import { Sieve } from "./sieve";
import { dayOf } from "./waiver";

/** The waivers and the baseline that the pack's process works with, read when the first finding needs them. */
export class ExceptionsInForce {
  private settings: object = {};
  private loaded: { readonly sieve: Sieve; readonly problems: readonly string[] } | undefined;
  private stack = "";

  /** @param rules ids of the pack's rules */
  constructor(
    private readonly rules: readonly string[],
    private readonly env: NodeJS.ProcessEnv = process.env,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Takes the settings, with which the files are read anew. */
  configure(settings: object): void {
    this.settings = settings;
    this.loaded = undefined;
  }

  /** Which stack the run is about, by the URN of any resource of it. */
  noteStack(urn: string): void {
    this.stack = stackPrefix(urn) || this.stack;
  }

  /** The message of a finding with its fingerprint behind it; undefined when there is nothing to show. */
  shown(rule: Rule, finding: Finding): string | undefined {
    const { sieve } = this.current();
    if (finding.kind === "undecided") {
      sieve.noteUndecided(rule.id);
      return undefined;
    }
    const { message, resource } = finding;
    const fact = finding.fact ?? message;
    const isPublic = isAboutThePublic(rule, finding);
    const fingerprint = fingerprintOf({ rule: rule.id, urn: resource.urn, fact, isPublic });
    if (sieve.hiddenBy({ rule: rule.id, urn: resource.urn, fingerprint }) !== undefined) return undefined;
    return `${message.charAt(0).toUpperCase()}${message.slice(1)} [${fingerprint}]`;
  }

  /** What is wrong with the files, a text for each; said once. */
  takeProblems(): readonly string[] {
    const { problems, sieve } = this.current();
    this.loaded = { sieve, problems: [] };
    return problems;
  }

  /** Whether there is no waiver and no baseline, and nothing wrong with their files. */
  isEmpty(): boolean {
    const { sieve, problems } = this.current();
    return sieve.isEmpty() && problems.length === 0;
  }

  /** What the run has to say about waivers and baseline. Forgets the run. */
  takeReport(): { readonly stale: readonly string[]; readonly hidden: readonly string[] } {
    const report = this.current().sieve.takeReport(this.stack);
    return { stale: staleWaivers(report), hidden: hiddenFindings(report) };
  }

  private current() {
    if (this.loaded === undefined) {
      const today = dayOf(this.now());
      const { exceptions, problems } = loadExceptions({
        settings: withDefaults(waiverSettings, this.settings),
        folder: process.cwd(),
        env: this.env,
        rules: this.rules,
        today,
      });
      this.loaded = { sieve: new Sieve(exceptions, today), problems };
    }
    return this.loaded;
  }
}
