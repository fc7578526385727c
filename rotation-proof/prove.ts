import { interruptEverywhere, Proof, Sampling, Tally } from "./enumerate";
import { faults } from "./faults";
import { loginLoop } from "./login-loop";
import { ProofCloud } from "./proof-cloud";
import { Subject, SubjectServer, Unavailable } from "./subject";

/** One cell of the table. */
export interface Cell extends Tally {
  /** Such as `crash points` or a fault's number. */
  readonly name: string;
  readonly title: string;
}

/** What the proof of one subject found. */
export interface SubjectReport {
  readonly engine: string;
  readonly strategy: string;
  /** The server, or why there was none. */
  readonly testedAgainst: string;
  readonly isSkipped: boolean;
  readonly cells: readonly Cell[];
}

export interface ProveOptions {
  readonly sampling?: Sampling;
  /** Rotations under an application that logs in all the time. @default 100 */
  readonly loopRotations?: number;
  /** Which cells are tried, by name or a word of it. @default all */
  readonly only?: readonly string[];
  /** Takes each cell as it is done. */
  readonly onCell?: (subject: Subject, cell: Cell) => void;
  /** Takes how many calls of a cell have been interrupted. */
  readonly onCall?: (cell: string, call: number, of: number) => void;
}

const crashCells = ["F10/F11 first", "F10/F11 second", "F10/F11 seed"] as const;

/** Names of the cells that a subject can have. */
export const cellNames: readonly string[] = [...crashCells, ...faults.map(({ id }) => id), "login loop"];

/** Whether a cell has this name, or a word of it as `F11`, `seed` and `login` are. */
export function isCellNamed(cell: string, name: string): boolean {
  return cell === name || cell.split(/[ /]/).includes(name);
}

/** Proves one subject, on a server and a cloud of its own. What stops the proof itself is a violation, too. */
export async function proveSubject(subject: Subject, options: ProveOptions = {}): Promise<SubjectReport> {
  const { engine, strategy } = subject;
  const cells: Cell[] = [];
  let testedAgainst = "";
  try {
    const server = await subject.start();
    testedAgainst = server.testedAgainst;
    await onCloud(subject, server, options, cells);
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof Unavailable)
      return { engine, strategy, testedAgainst: `not run: ${message}`, isSkipped: true, cells: [] };
    const violation = { invariant: "ends", where: "the proof", what: message } as const;
    cells.push({ name: "proof", title: "the proof itself stopped", points: 0, violations: [violation] });
  }
  return { engine, strategy, testedAgainst, isSkipped: false, cells };
}

async function onCloud(
  subject: Subject,
  server: SubjectServer,
  options: ProveOptions,
  cells: Cell[],
): Promise<void> {
  const cloud = await ProofCloud.start();
  let cases = 0;
  try {
    await runCells({ subject, server, cloud, nextName: () => `proof_${++cases}` }, options, cells);
  } finally {
    await cloud.stop();
    await server.stop();
  }
}

async function runCells(proof: Proof, options: ProveOptions, cells: Cell[]): Promise<void> {
  for (const { name, title, run } of plan(proof, options)) {
    const tally = await run();
    if (tally === undefined) continue;
    const cell = { name, title, ...tally };
    cells.push(cell);
    options.onCell?.(proof.subject, cell);
  }
}

type Work = Pick<Cell, "name" | "title"> & { readonly run: () => Promise<Tally | undefined> };

function plan(proof: Proof, { sampling, loopRotations = 100, only, onCall }: ProveOptions): Work[] {
  const [first, second, seed] = crashCells;
  const crash = (name: string, title: string, start: object): Work => ({
    ...{ name, title },
    run: () => interruptEverywhere(proof, start, { ...sampling, onCall: (at, of) => onCall?.(name, at, of) }),
  });
  const works: Work[] = [
    crash(first, "every call of the first rotation interrupted, then repeated", {}),
    crash(second, "the same for the second rotation, which goes back or removes", { rotationsBefore: 1 }),
    ...(proof.subject.canSeed
      ? [crash(seed, "the same for the first value of an empty secret", { isSeeded: true })]
      : []),
    ...faults.map((fault) => ({ name: fault.id, title: fault.title, run: () => fault.run(proof) })),
    {
      name: "login loop",
      title: `${loopRotations} rotations under an application that logs in anew every 50 ms`,
      run: () => loginLoop(proof, loopRotations),
    },
  ];
  return works.filter(({ name }) => only === undefined || only.some((text) => isCellNamed(name, text)));
}
