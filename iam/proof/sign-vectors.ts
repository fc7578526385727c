import { Automaton, DEAD, START } from "./automaton";
import { Cells } from "./pattern-cells";

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

/** State of each pattern's automaton, the universe's first. */
type State = readonly number[];

const MOST_STATES = 20_000;

/**
 * Every combination of "matches" and "does not match" that some text of the universe has, with a shortest such text:
 * a breadth-first walk through the product of the patterns' automata. Only the characters that a state tells apart
 * are tried, and one that stands for all others.
 *
 * @param others characters to take for "any other", most welcome first
 */
export function signVectors(patterns: readonly Cells[], universe: Cells, others: string): SignVectors {
  const automata = [universe, ...patterns].map((cells) => Automaton.of(cells));
  const start: State = automata.map(() => START);
  const queue: { readonly state: State; readonly text: string }[] = [{ state: start, text: "" }];
  const seen = new Set([start.join()]);
  const found = new Map<string, string>();
  for (let next = 0; next < queue.length; next++) {
    if (seen.size > MOST_STATES) return { texts: listOf(found), complete: false };
    const { state, text } = queue[next]!;
    if (automata[0]!.accepts(state[0]!)) {
      const signs = signsOf(automata, state);
      if (!found.has(signs)) found.set(signs, text);
    }
    for (const character of charactersOf(automata, state, others)) {
      if (automata[0]!.step(state[0]!, character) === DEAD) continue;
      const after = state.map((one, index) => automata[index]!.step(one, character));
      const key = after.join();
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

function signsOf(automata: readonly Automaton[], state: State): string {
  let signs = "";
  for (let index = 1; index < state.length; index++) {
    signs += automata[index]!.accepts(state[index]!) ? "1" : "0";
  }
  return signs;
}

function charactersOf(automata: readonly Automaton[], state: State, others: string): readonly string[] {
  const characters = new Set<string>();
  state.forEach((one, index) => {
    for (const character of automata[index]!.charactersOf(one)) characters.add(character);
  });
  const other = [...others].find((character) => !characters.has(character));
  return other === undefined ? [...characters] : [other, ...characters];
}
