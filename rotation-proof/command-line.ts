import { availableParallelism } from "os";
import { parseArgs } from "util";
import { cellNames, isCellNamed } from "./prove";
import { nameOf, Subject } from "./subject";

/** What `npm run prove:rotation` was asked for. */
export interface ProofRun {
  /** Which of a rotation's calls are interrupted: each `every`-th. */
  readonly every: number;
  /** Names of the cells that are tried. @default all */
  readonly only?: readonly string[];
  /** Processes that prove subjects at the same time. */
  readonly processes: number;
  /** Whether subjects that the last run has finished are taken over. */
  readonly isResumed: boolean;
  readonly subjects: readonly Subject[];
}

/** The command line cannot be understood; the message says what is wrong with it. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

const usage =
  "usage: npm run prove:rotation [-- [--every N] [--cells A,B] [--processes N] [--resume] [engine[/strategy]...]]";

/** @throws WrongUsage */
export function parsedRun(args: readonly string[], known: readonly Subject[]): ProofRun {
  const { values, positionals } = parsed(args);
  const only = values.cells?.split(",").map((name) => name.trim());
  const stranger = only?.find((name) => !cellNames.some((cell) => isCellNamed(cell, name)));
  if (stranger !== undefined) throw wrong(`no cell is named "${stranger}"; known: ${cellNames.join(", ")}`);
  return {
    every: wholeNumber("every", values.every, 1),
    ...(only === undefined ? {} : { only }),
    processes: wholeNumber("processes", values.processes, availableParallelism()),
    isResumed: values.resume,
    subjects: positionals.length === 0 ? known : chosen(positionals, known),
  };
}

function parsed(args: readonly string[]) {
  const options = {
    every: { type: "string" },
    cells: { type: "string" },
    processes: { type: "string" },
    resume: { type: "boolean", default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function wholeNumber(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw wrong(`--${option} takes a whole number from 1, not "${text}"`);
  return Number(text);
}

function chosen(wanted: readonly string[], known: readonly Subject[]): readonly Subject[] {
  const isNamed = (subject: Subject, name: string) => [subject.engine, nameOf(subject)].includes(name);
  const stranger = wanted.find((name) => !known.some((subject) => isNamed(subject, name)));
  if (stranger !== undefined)
    throw wrong(`no subject is named "${stranger}"; known: ${known.map(nameOf).join(", ")}`);
  return known.filter((subject) => wanted.some((name) => isNamed(subject, name)));
}

const wrong = (what: string) => new WrongUsage(`${what}\n${usage}`);
