import { ChildProcess, spawn } from "child_process";
import { createInterface } from "readline";
import { Launch } from "./launch";
import { Outcome, RuntimeApi } from "./runtime-api";

/** One invocation as a process runs it. */
export interface Invocation {
  readonly requestId: string;
  readonly event: Buffer;
  readonly invokedArn: string;
  readonly timeoutSeconds: number;
}

/** What came of an invocation, with its log. */
export interface Finished {
  readonly payload: Buffer;
  /** AWS's word for an error that the handler or the runtime raised. */
  readonly functionError?: "Unhandled";
  readonly log: string;
  /** The process cannot be used again. */
  readonly isOver: boolean;
}

/** How long output that a process wrote before its answer may take to arrive, in milliseconds. */
const OUTPUT_WAIT = 300;

/** A process that holds one function's code and runs one invocation at a time. */
export class FunctionProcess {
  private readonly api = new RuntimeApi();
  private child: ChildProcess | undefined;
  private lines: string[] = [];
  private outputEnded: (() => void) | undefined;
  private ended: string | undefined;
  private readonly startedAt = Date.now();
  private isCold = true;

  constructor(readonly launch: Launch) {}

  /** Starts the process; the handler is loaded meanwhile. */
  async start(): Promise<void> {
    const { command, args, cwd, env } = this.launch;
    const api = await this.api.listen();
    const child = spawn(command, [...args], {
      cwd,
      env: { ...env, AWS_LAMBDA_RUNTIME_API: api },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    createInterface(child.stdout).on("line", (line) => this.output(line));
    createInterface(child.stderr).on("line", (line) => this.output(line));
    child.once("error", (error) => this.end(error.message));
    child.once("exit", (code, signal) => this.end(signal ? `signal: ${signal}` : `exit status ${code}`));
  }

  /** Runs one invocation to its end: answer, error, time-out or the process's own end. */
  async invoke(invocation: Invocation): Promise<Finished> {
    const { requestId, timeoutSeconds } = invocation;
    const loadedIn = this.isCold ? Date.now() - this.startedAt : undefined;
    this.isCold = false;
    this.lines.push(`START RequestId: ${requestId} Version: ${this.launch.version}`);
    const started = process.hrtime.bigint();
    const outputEnded = new Promise<void>((resolve) => (this.outputEnded = resolve));
    let timer: NodeJS.Timeout | undefined;
    const timedOut = new Promise<"time-out">((resolve) => {
      timer = setTimeout(() => resolve("time-out"), timeoutSeconds * 1000);
    });
    const outcome =
      this.ended === undefined
        ? await Promise.race([this.api.run(invocation), timedOut])
        : this.exitOutcome();
    clearTimeout(timer);
    const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
    if (outcome === "time-out") return this.timeOut(invocation, milliseconds);
    await Promise.race([outputEnded, wait(this.ended === undefined ? OUTPUT_WAIT : 20)]);
    return this.finish(requestId, this.withExit(outcome, requestId), milliseconds, loadedIn);
  }

  /** Whether another invocation can be given to it. */
  get isUsable(): boolean {
    return this.ended === undefined;
  }

  /** Ends the process at once. */
  kill(): void {
    this.child?.kill("SIGKILL");
    this.api.close();
  }

  private timeOut({ requestId, timeoutSeconds }: Invocation, milliseconds: number): Finished {
    this.kill();
    const words = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    this.lines.push(`${new Date().toISOString()} ${requestId} ${words}`);
    const body = { errorType: "Sandbox.Timedout", errorMessage: `RequestId: ${requestId} Error: ${words}` };
    const outcome = { payload: Buffer.from(JSON.stringify(body)), isError: true };
    return { ...this.finish(requestId, outcome, milliseconds, undefined), isOver: true };
  }

  private finish(
    requestId: string,
    outcome: Outcome,
    milliseconds: number,
    loadedIn: number | undefined,
  ): Finished {
    const { memorySize } = this.launch;
    const used = Math.min(memorySize, Math.ceil((outcome.maxRssKilobytes ?? 0) / 1024));
    const initial = loadedIn === undefined ? "" : `\tInit Duration: ${loadedIn.toFixed(2)} ms`;
    const report =
      `REPORT RequestId: ${requestId}\tDuration: ${milliseconds.toFixed(2)} ms\tBilled Duration: ${Math.ceil(milliseconds)} ms\t` +
      `Memory Size: ${memorySize} MB\tMax Memory Used: ${used} MB${initial}`;
    const log = [...this.lines, `END RequestId: ${requestId}`, report, ""].join("\n");
    this.lines = [];
    return {
      payload: outcome.payload,
      ...(outcome.isError && { functionError: "Unhandled" as const }),
      log,
      isOver: this.ended !== undefined || outcome.isFatal === true,
    };
  }

  private output(line: string): void {
    if (line.startsWith("\0")) this.outputEnded?.();
    else this.lines.push(line);
  }

  private end(reason: string): void {
    this.ended ??= reason;
    this.api.end(this.exitOutcome());
    this.api.close();
  }

  private exitOutcome(): Outcome {
    return { payload: Buffer.alloc(0), isError: true, isFatal: true };
  }

  /** A process that ended without a word gets the runtime's own error. */
  private withExit(outcome: Outcome, requestId: string): Outcome {
    if (!outcome.isFatal || outcome.payload.length > 0) return outcome;
    const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: ${this.ended}`;
    return {
      ...outcome,
      payload: Buffer.from(JSON.stringify({ errorType: "Runtime.ExitError", errorMessage })),
    };
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
