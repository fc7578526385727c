import { ChildProcess, fork } from "child_process";
import { Cell, SubjectReport } from "./prove";
import { nameOf, Subject } from "./subject";

/** What a process is told to prove. */
export interface Order {
  /** `engine/strategy`. */
  readonly subject: string;
  readonly every: number;
  readonly loopRotations: number;
  readonly only?: readonly string[];
}

/** What it answers: each cell as it is done, calls of one that takes long, the report at the end. */
export type Answer =
  | { readonly kind: "cell"; readonly cell: Cell }
  | { readonly kind: "at"; readonly cell: string; readonly call: number; readonly of: number }
  | { readonly kind: "report"; readonly report: SubjectReport };

/**
 * A process of its own that proves one subject after the other (worker.ts): its servers' loads and its clock are nobody
 * else's, and two of them use two cores. It ends with this process.
 */
export class ProofProcess {
  private child: ChildProcess | undefined;

  /** Proves a subject; that the process ends over it is a violation, and the next subject gets a new process. */
  prove(subject: Subject, order: Order, onAnswer: (answer: Answer) => void): Promise<SubjectReport> {
    const child = (this.child ??= fork(require.resolve("./worker"), [], { stdio: "inherit" }));
    return new Promise((resolve) => {
      const onEnd = (code: number | null, signal: string | null) => {
        this.child = undefined;
        resolve(stopped(subject, `its process ended with ${signal ?? code}`));
      };
      const onMessage = (answer: Answer) => {
        onAnswer(answer);
        if (answer.kind !== "report") return;
        child.off("exit", onEnd).off("message", onMessage);
        resolve(answer.report);
      };
      child.once("exit", onEnd).on("message", onMessage);
      child.send(order);
    });
  }

  stop(): void {
    if (this.child?.connected) this.child.disconnect();
    this.child = undefined;
  }
}

function stopped(subject: Subject, what: string): SubjectReport {
  const violation = { invariant: "ends", where: nameOf(subject), what } as const;
  const cell = { name: "proof", title: "the proof itself stopped", points: 0, violations: [violation] };
  const { engine, strategy } = subject;
  return { engine, strategy, testedAgainst: "", isSkipped: false, cells: [cell] };
}
