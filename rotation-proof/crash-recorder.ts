import { hasMethods } from "./has-methods";
import { Interruption, Plan } from "./interruption";

export interface RecorderOptions {
  /** @default nothing is interrupted */
  readonly plan?: Plan;
  /** Names of calls that are known to be asynchronous; shared by the runs of one case, of which the first has no plan. */
  readonly asyncNames?: Set<string>;
  /** Runs after each call, before its answer is seen. */
  readonly afterCall?: (label: string, index: number) => Promise<void>;
  /** What a late call waits for before it takes effect. @default 15 ms */
  readonly lateAfter?: () => Promise<unknown>;
}

export interface WrapOptions {
  /** The error of a broken connection, as the wrapped client would raise it. @default ECONNRESET */
  readonly broken?: () => Error;
  /** Methods that end the connection: not counted, and called when it breaks. @default the usual names */
  readonly closers?: readonly string[];
}

const usualClosers = ["end", "close", "destroy", "quit", "disconnect", "unbind", "terminate"];

/** The error of every call of a process that has stopped. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/**
 * Counts every asynchronous call that goes through the objects it wraps, and interrupts one of them. One recorder is one
 * process: after a stop nothing goes out any more.
 */
export class CrashRecorder {
  /** One label a call, without values. */
  readonly calls: string[] = [];
  /** Which of them, counted from 1, went over a connection that stays open. */
  readonly overConnection = new Set<number>();
  /** Ends when a call that was late has taken effect. */
  late: Promise<unknown> = Promise.resolve();
  private readonly open = new Set<Line>();
  private isStopped = false;
  private readonly plan: Plan | undefined;
  private readonly asyncNames: Set<string>;
  private readonly afterCall: RecorderOptions["afterCall"];
  private readonly lateAfter: () => Promise<unknown>;

  constructor({ plan, asyncNames = new Set(), afterCall, lateAfter = shortly }: RecorderOptions = {}) {
    this.plan = plan;
    this.asyncNames = asyncNames;
    this.afterCall = afterCall;
    this.lateAfter = lateAfter;
  }

  get stopped(): boolean {
    return this.isStopped;
  }

  /** Whether the planned call has come. */
  get interrupted(): boolean {
    return this.plan !== undefined && this.calls.length >= this.plan.at;
  }

  /**
   * The same function or object, with every method that answers a promise counted. What such a call, or a plain method,
   * answers is wrapped as well when it has methods of its own, as sessions and cursors do.
   */
  wrap<T extends object>(name: string, target: T, options: WrapOptions = {}): T {
    return this.proxy(name, target, { options, isBroken: false });
  }

  private proxy<T extends object>(name: string, target: T, line: Line): T {
    return new Proxy(target, {
      apply: (_target, self, args) => this.invoke(name, target as unknown as AnyFunction, self, args, line),
      get: (_target, key) => {
        const member: any = Reflect.get(target, key, target);
        if (typeof member !== "function" || typeof key === "symbol" || key === "then") return member;
        if (closersOf(line).includes(key)) return this.closing(member, target, line);
        return (...args: unknown[]) => this.invoke(`${name}.${key}`, member, target, args, line);
      },
    });
  }

  /** What is closed is let go: a function's code is kept for as long as its secret, its connections are not. */
  private closing(close: AnyFunction, target: object, line: Line): AnyFunction {
    return (...args) => {
      this.open.delete(line);
      return close.apply(target, args);
    };
  }

  private invoke(name: string, work: AnyFunction, self: unknown, args: unknown[], line: Line): unknown {
    if (this.isStopped) return Promise.reject(new Stopped("the process has stopped"));
    if (line.isBroken) return Promise.reject(brokenBy(line));
    const label = labelOf(name, args);
    const plan = this.plan?.at === this.calls.length + 1 ? this.plan.interruption : undefined;
    const isEarly = plan === "stop-late" || plan?.endsWith("before");
    if (plan && isEarly && this.asyncNames.has(name)) {
      this.calls.push(label);
      if (plan === "stop-late") this.late = this.runLate(() => work.apply(self, args), line);
      return this.interrupt(plan, line);
    }
    const answer = work.apply(self, args) as Promise<unknown> | undefined;
    if (typeof answer?.then !== "function") return this.wrapAnswer(name, answer, line);
    this.asyncNames.add(name);
    this.calls.push(label);
    if (line.connection !== undefined) this.overConnection.add(this.calls.length);
    return this.settle({ label, name, index: this.calls.length, plan, line }, answer);
  }

  private async settle(call: Pending, answer: Promise<unknown>): Promise<unknown> {
    const { label, name, index, plan, line } = call;
    const outcome = await answer.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if (plan?.endsWith("after")) {
      if ("value" in outcome) await closeQuietly(outcome.value, line);
      return this.interrupt(plan, line);
    }
    if (this.isStopped) throw new Stopped("the process has stopped");
    await this.afterCall?.(label, index);
    if ("error" in outcome) throw outcome.error;
    return this.wrapAnswer(name, outcome.value, line);
  }

  private async runLate(work: () => unknown, line: Line): Promise<void> {
    await this.lateAfter();
    const answer = await Promise.resolve(work()).catch(() => undefined);
    await closeQuietly(answer, line);
  }

  private wrapAnswer(name: string, answer: unknown, line: Line): unknown {
    if (!hasMethods(answer)) return answer;
    if (!closerOf(answer, line)) return this.proxy(name, answer, line);
    const opened = { options: line.options, isBroken: false, connection: answer };
    this.open.add(opened);
    return this.proxy(name, answer, opened);
  }

  private async interrupt(interruption: Interruption, line: Line): Promise<never> {
    this.isStopped = interruption.startsWith("stop");
    for (const opened of this.isStopped ? this.open : [line]) {
      if (opened.connection === undefined) continue;
      opened.isBroken = true;
      await closeQuietly(opened.connection, opened);
    }
    if (this.isStopped) throw new Stopped("the process has stopped");
    throw brokenBy(line);
  }
}

type AnyFunction = (...args: unknown[]) => unknown;

/** One connection, or what opens connections. */
interface Line {
  readonly options: WrapOptions;
  readonly connection?: object;
  isBroken: boolean;
}

/** A call under way. */
interface Pending {
  readonly label: string;
  readonly name: string;
  readonly index: number;
  readonly plan: Interruption | undefined;
  readonly line: Line;
}

const shortly = () => new Promise((resolve) => setTimeout(resolve, 15));

function closersOf({ options }: Line): readonly string[] {
  return options.closers ?? usualClosers;
}

function closerOf(target: unknown, line: Line): string | undefined {
  if (!hasMethods(target)) return undefined;
  return closersOf(line).find((key) => typeof (target as Record<string, unknown>)[key] === "function");
}

/** Waits a little for the goodbye: the server must have seen the end before the next process begins. */
async function closeQuietly(target: unknown, line: Line): Promise<void> {
  const closer = closerOf(target, line);
  if (!closer) return;
  const closed = Promise.resolve((target as Record<string, AnyFunction>)[closer]!()).catch(() => undefined);
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 200))]);
}

function brokenBy({ options }: Line): Error {
  return options.broken?.() ?? Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
}

/** Of a statement its first words in capitals; never a value. */
function labelOf(name: string, [first]: readonly unknown[]): string {
  const words = typeof first === "string" ? /^[A-Z]+(?: [A-Z]+){0,2}\b/.exec(first.trim())?.[0] : undefined;
  return words === undefined ? name : `${name} ${words}`;
}
