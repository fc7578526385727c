import { ANY_ONE, ANY_RUN, GlobTokens } from "../glob";

/** One place of a pattern: a character of a set, or any character, once or as a run. */
export interface Cell {
  /** The characters it takes; absent: any. */
  readonly characters?: string;
  /** Any character but a colon. */
  readonly withoutColon?: true;
  /** Takes any number of characters, also none. */
  readonly run?: true;
}

/** A pattern as a row of cells: the automaton whose states are the places between them. */
export type Cells = readonly Cell[];

const COLON = ":".charCodeAt(0);
const COLONS = 5;

/** Of a glob: `*` and `?` take every character. */
export function globCells(tokens: GlobTokens): Cells {
  return tokens.map((unit) => cellOf(unit, false));
}

/** As {@link globCells}, letters in either case. */
export function ignoringCase(cells: Cells): Cells {
  return cells.map((cell) => (cell.characters === undefined ? cell : { characters: bothCases(cell) }));
}

/**
 * Of a pattern for ARNs: in the first five parts the wildcards take no colon. `undefined` for a pattern of fewer
 * parts, which means no ARN.
 */
export function arnCells(tokens: GlobTokens): Cells | undefined {
  if (tokens.length === 1 && tokens[0] === ANY_RUN) return anyArn;
  let colons = 0;
  const cells = tokens.map((unit) => {
    if (unit === COLON) colons++;
    return cellOf(unit, colons < COLONS);
  });
  return colons < COLONS ? undefined : cells;
}

function cellOf(unit: number, withoutColon: boolean): Cell {
  if (unit >= 0) return { characters: String.fromCharCode(unit) };
  const any: Cell = withoutColon ? { withoutColon: true } : {};
  return unit === ANY_ONE ? any : { ...any, run: true };
}

function bothCases({ characters }: Cell): string {
  const lower = characters!.toLowerCase();
  const upper = characters!.toUpperCase();
  return [
    ...new Set([characters!, ...(lower.length === 1 ? lower : ""), ...(upper.length === 1 ? upper : "")]),
  ].join("");
}

/** What the Arn operators take for an ARN: text with five colons at least. */
const anyArn: Cells = [
  ...Array.from({ length: COLONS }, (): readonly Cell[] => [
    { withoutColon: true, run: true },
    { characters: ":" },
  ]).flat(),
  { run: true },
];
