import { Cell, Cells } from "./pattern-cells";

/** The state from which no text is matched any more. */
export const DEAD = -1;
/** The state before the first character. */
export const START = 0;

interface State {
  /** Places of the pattern that a text so far has reached, in ascending order. */
  readonly places: readonly number[];
  readonly accepts: boolean;
  /** Characters it tells apart; all others lead to the same state. */
  readonly characters: readonly string[];
  readonly next: Map<string, number>;
}

const OTHER = "";

/** A pattern as a deterministic automaton, whose states are made when they are first reached. */
export class Automaton {
  private readonly states: State[] = [];
  private readonly numbers = new Map<string, number>();

  private constructor(private readonly cells: Cells) {
    this.numberOf(closure(cells, [0]));
  }

  /** One for the same row of cells. */
  static of(cells: Cells): Automaton {
    let known = automata.get(cells);
    if (known === undefined) automata.set(cells, (known = new Automaton(cells)));
    return known;
  }

  /** Whether the text so far is matched. */
  accepts(state: number): boolean {
    return state !== DEAD && this.states[state]!.accepts;
  }

  /** Characters that the state tells apart, those of earlier places first. */
  charactersOf(state: number): readonly string[] {
    return state === DEAD ? NO_CHARACTERS : this.states[state]!.characters;
  }

  /** The state after one more character. */
  step(state: number, character: string): number {
    if (state === DEAD) return DEAD;
    const { places, characters, next } = this.states[state]!;
    const label = characters.includes(character) ? character : OTHER;
    let after = next.get(label);
    if (after === undefined) {
      after = this.numberOf(closure(this.cells, step(this.cells, places, character)));
      next.set(label, after);
    }
    return after;
  }

  private numberOf(places: readonly number[]): number {
    if (places.length === 0) return DEAD;
    const key = places.join();
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.states.length;
      this.numbers.set(key, number);
      const characters = charactersAt(this.cells, places);
      this.states.push({ places, accepts: places.at(-1) === this.cells.length, characters, next: new Map() });
    }
    return number;
  }
}

const automata = new WeakMap<Cells, Automaton>();
const NO_CHARACTERS: readonly string[] = [];

/** Adds the places that runs can be skipped to; in ascending order. */
function closure(cells: Cells, places: readonly number[]): readonly number[] {
  const reached = new Set<number>();
  for (const place of places) {
    reached.add(place);
    for (let at = place; cells[at]?.run === true; at++) reached.add(at + 1);
  }
  return reached.size < 2 ? [...reached] : [...reached].sort((a, b) => a - b);
}

function step(cells: Cells, places: readonly number[], character: string): readonly number[] {
  const after: number[] = [];
  for (const place of places) {
    const cell = cells[place];
    if (cell !== undefined && takes(cell, character)) after.push(cell.run === true ? place : place + 1);
  }
  return after;
}

function takes(cell: Cell, character: string): boolean {
  if (cell.characters !== undefined) return cell.characters.includes(character);
  return cell.withoutColon !== true || character !== ":";
}

function charactersAt(cells: Cells, places: readonly number[]): readonly string[] {
  const characters = new Set<string>();
  for (const place of places) {
    const cell = cells[place];
    for (const character of cell?.characters ?? (cell?.withoutColon === true ? ":" : "")) {
      characters.add(character);
    }
  }
  return [...characters];
}
