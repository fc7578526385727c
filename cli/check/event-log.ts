import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { CommandFailure } from "../command-io";

/** A violation as the engine logs it. */
export interface PolicyEvent {
  readonly resourceUrn?: string;
  readonly message: string;
  readonly policyName: string;
  readonly policyPackName: string;
  readonly enforcementLevel: string;
  readonly severity?: string;
}

interface SummaryOfPack {
  readonly policyPackName: string;
  readonly policyPackVersion?: string;
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
}

interface EngineEvent {
  readonly sequence?: number;
  readonly policyEvent?: PolicyEvent & { readonly policyPackVersion?: string };
  readonly policyAnalyzeSummaryEvent?: SummaryOfPack & { readonly resourceUrn: string };
  readonly policyAnalyzeStackSummaryEvent?: SummaryOfPack;
  readonly resourcePreEvent?: { readonly metadata?: { readonly urn?: string } };
  readonly diagnosticEvent?: { readonly severity?: string; readonly message?: string; readonly urn?: string };
  readonly summaryEvent?: { readonly PolicyPacks?: Readonly<Record<string, string>> };
}

/** What one run of the engine said about policies. */
export interface LoggedRun {
  readonly events: readonly PolicyEvent[];
  /** Version by name of each pack that ran. */
  readonly packs: ReadonlyMap<string, string>;
  /** Policies that passed at least one judgement. */
  readonly passed: ReadonlySet<string>;
  /** URNs of the resources, where the log names them. */
  readonly urns: ReadonlySet<string>;
  /** Errors that are not the policies': a program that threw, a provider that refused. */
  readonly errors: readonly string[];
}

/** What the engine adds when a policy refuses, or when anything else fails. */
const closingErrors = /^(preview|update|analysis) failed|mandatory polic/;

/**
 * Reads what `--event-log FILE` or `pulumi policy analyze --json` wrote, line by line, so that its size does not matter.
 *
 * @param name how messages call it
 * @throws CommandFailure when it cannot be read, is cut off, or has a gap
 */
export async function readEventLog(file: string, name: string): Promise<LoggedRun> {
  const reader = new LogReader(name);
  const lines = createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity });
  try {
    for await (const line of lines) reader.take(line);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`${name} cannot be read: ${(error as Error).message}`);
  }
  return reader.finish();
}

class LogReader {
  private readonly events: PolicyEvent[] = [];
  private readonly packs = new Map<string, string>();
  private readonly passed = new Set<string>();
  private readonly urns = new Set<string>();
  private readonly errors: string[] = [];
  private line = 0;
  private broken: number | undefined;
  private sequence = -1;
  private ended = false;

  constructor(private readonly name: string) {}

  take(line: string): void {
    this.line++;
    if (line.trim() === "") return;
    if (this.broken !== undefined) throw this.cutOff(`line ${this.broken} is no event`);
    const event = parse(line);
    if (event === undefined) this.broken = this.line;
    else this.note(event);
  }

  finish(): LoggedRun {
    if (this.line === 0) throw new CommandFailure(`${this.name} is empty: it is no event log`);
    if (this.broken !== undefined) throw this.cutOff(`line ${this.broken}, the last one, ends in the middle`);
    if (!this.ended) throw this.cutOff("it has no summary at its end");
    const { events, packs, passed, urns, errors } = this;
    return { events, packs, passed, urns, errors };
  }

  private note(event: EngineEvent): void {
    if (event.sequence !== undefined) {
      if (event.sequence !== this.sequence + 1) {
        throw this.cutOff(`event ${this.sequence + 1} is missing before line ${this.line}`);
      }
      this.sequence = event.sequence;
    }
    if (event.summaryEvent !== undefined) this.ended = true;
    const urn = event.resourcePreEvent?.metadata?.urn ?? event.policyAnalyzeSummaryEvent?.resourceUrn;
    if (urn !== undefined) this.urns.add(urn);
    const { policyEvent } = event;
    if (policyEvent !== undefined) {
      this.events.push(policyEvent);
      this.packs.set(policyEvent.policyPackName, policyEvent.policyPackVersion ?? "");
    }
    this.noteSummary(event.policyAnalyzeSummaryEvent);
    this.noteSummary(event.policyAnalyzeStackSummaryEvent);
    this.noteError(event.diagnosticEvent);
  }

  private noteSummary(summary: SummaryOfPack | undefined): void {
    if (summary === undefined) return;
    this.packs.set(summary.policyPackName, summary.policyPackVersion ?? "");
    for (const policy of summary.passed ?? []) this.passed.add(policy);
  }

  private noteError(diagnostic: EngineEvent["diagnosticEvent"]): void {
    const text = plain(diagnostic?.message ?? "");
    if (diagnostic?.severity !== "error" || text === "" || closingErrors.test(text)) return;
    this.errors.push(text);
  }

  private cutOff(how: string): CommandFailure {
    return new CommandFailure(
      `${this.name} is cut off or damaged: ${how}. Nothing was judged; run the preview to its end and check again.`,
    );
  }
}

/** Undefined when the line is no JSON object. */
function parse(line: string): EngineEvent | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Without the engine's colour marks and line ends around it. */
export function plain(text: string): string {
  return text.replace(/<\{%[^%]*%\}>/g, "").trim();
}
