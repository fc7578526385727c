import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** One step of the main job as `.strongroom/summary.json` holds it. */
export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly milliseconds: number;
  /** What was seen, in one line; for a failed step the cause. Never a secret value. */
  readonly evidence: string;
}

/** A failed step: where, why, and what to do about it. */
export class StepFailure extends Error {
  override readonly name = "StepFailure";

  constructor(
    readonly step: string,
    readonly reason: string,
    readonly remedy: string,
  ) {
    super(`${step}: ${reason}`);
  }
}

export interface StepOptions {
  readonly name: string;
  /** What to do when the step fails, as an imperative sentence. */
  readonly remedy: string;
}

export interface Outcome<T> {
  readonly value: T;
  readonly evidence: string;
}

/** Runs steps in order, prints each with its evidence, and remembers them for the summary. */
export class Report {
  private readonly results: StepResult[] = [];

  constructor(private readonly print: (line: string) => void) {}

  /** @throws StepFailure when `work` throws; the step is then recorded as failed. */
  async step<T>(
    options: StepOptions,
    work: (say: (line: string) => void) => Promise<Outcome<T>>,
  ): Promise<T> {
    const started = Date.now();
    const heartbeat = setInterval(
      () => this.print(`  … ${options.name}: ${seconds(Date.now() - started)}`),
      5_000,
    );
    try {
      const { value, evidence } = await work((line) => this.print(`    ${line}`));
      this.record({ name: options.name, ok: true, milliseconds: Date.now() - started, evidence });
      return value;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.record({ name: options.name, ok: false, milliseconds: Date.now() - started, evidence: reason });
      throw new StepFailure(options.name, reason, options.remedy);
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** A table of all steps: name, result, time, evidence. */
  table(): string {
    const width = Math.max(...this.results.map((result) => result.name.length), 4);
    const rows = this.results.map(
      (r) =>
        `${r.name.padEnd(width)}  ${r.ok ? "ok    " : "FAILED"}  ${seconds(r.milliseconds).padStart(7)}  ${firstLine(r.evidence)}`,
    );
    const total = this.results.reduce((sum, result) => sum + result.milliseconds, 0);
    return [
      `${"step".padEnd(width)}  result  ${"time".padStart(7)}  evidence`,
      ...rows,
      `total ${seconds(total)}`,
    ].join("\n");
  }

  /** Writes the summary in one piece: a reader sees the old file or the new one. */
  write(file: string): void {
    mkdirSync(dirname(file), { recursive: true });
    const summary = {
      ok: this.results.every((result) => result.ok),
      milliseconds: this.results.reduce((sum, result) => sum + result.milliseconds, 0),
      steps: this.results,
    };
    writeFileSync(`${file}.tmp`, `${JSON.stringify(summary, null, 2)}\n`);
    renameSync(`${file}.tmp`, file);
  }

  private record(result: StepResult): void {
    this.results.push(result);
    this.print(`${result.ok ? "ok  " : "FAIL"} ${result.name} (${seconds(result.milliseconds)})`);
    for (const line of result.evidence.split("\n")) this.print(`     ${line}`);
  }
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const firstLine = (text: string) => text.split("\n")[0] ?? "";
