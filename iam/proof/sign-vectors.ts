import { Cell, Cells } from "./pattern-cells";

/** A text and which of the patterns match it, `1` or `0` for each in order. */
export interface SignedText {
  readonly signs: string;
  readonly text: string;
}

export interface SignVectors {
  readonly texts: readonly SignedText[];
  /** False when there were too many states to look at them all. */
  readonly complete: boolean;
}

/** Places that a text so far has reached in each pattern. */
type State = readonly (readonly number[])[];

const MOST_STATES = 20_000;

/**
 * Every combination of "matches" and "does not match" that some text of the universe has, with a shortest such text:
 * a breadth-first walk through the product of the patterns' automata. Only the characters that a state tells apart
 * are tried, and one that stands for all others.
 *
 * @param others characters to take for "any other", most welcome first
 */
export function signVectors(patterns: readonly Cells[], universe: Cells, others: string): SignVectors {
  const all = [universe, ...patterns];
  const start: State = all.map((cells) => closure(cells, [0]));
  const queue: { readonly state: State; readonly text: string }[] = [{ state: start, text: "" }];
  const seen = new Set([keyOf(start)]);
  const found = new Map<string, string>();
  for (let next = 0; next < queue.length; next++) {
    if (seen.size > MOST_STATES) return { texts: listOf(found), complete: false };
    const { state, text } = queue[next]!;
    if (accepts(universe, state[0]!)) {
      const signs = patterns.map((cells, index) => (accepts(cells, state[index + 1]!) ? "1" : "0")).join("");
      if (!found.has(signs)) found.set(signs, text);
    }
    for (const character of charactersOf(all, state, others)) {
      const after = all.map((cells, index) => closure(cells, step(cells, state[index]!, character)));
      if (after[0]!.length === 0) continue;
      const key = keyOf(after);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ state: after, text: text + character });
    }
  }
  return { texts: listOf(found), complete: true };
}

function listOf(found: ReadonlyMap<string, string>): readonly SignedText[] {
  return [...found].map(([signs, text]) => ({ signs, text }));
}

function accepts(cells: Cells, places: readonly number[]): boolean {
  return places.at(-1) === cells.length;
}

/** Adds the places that runs can be skipped to; in ascending order. */
function closure(cells: Cells, places: readonly number[]): readonly number[] {
  const reached = new Set<number>();
  for (const place of places) {
    reached.add(place);
    for (let at = place; cells[at]?.run === true; at++) reached.add(at + 1);
  }
  return [...reached].sort((a, b) => a - b);
}

function step(cells: Cells, places: readonly number[], character: string): readonly number[] {
  return places.flatMap((place) => {
    const cell = cells[place];
    if (cell === undefined || !takes(cell, character)) return [];
    return [cell.run === true ? place : place + 1];
  });
}

function takes(cell: Cell, character: string): boolean {
  if (cell.characters !== undefined) return cell.characters.includes(character);
  return cell.withoutColon !== true || character !== ":";
}

function charactersOf(all: readonly Cells[], state: State, others: string): readonly string[] {
  const characters = new Set<string>();
  all.forEach((cells, index) => {
    for (const place of state[index]!) {
      const cell = cells[place];
      for (const character of cell?.characters ?? (cell?.withoutColon === true ? ":" : "")) {
        characters.add(character);
      }
    }
  });
  const other = [...others].find((character) => !characters.has(character));
  return other === undefined ? [...characters] : [other, ...characters];
}

function keyOf(state: State): string {
  return state.map((places) => places.join(",")).join(";");
}
