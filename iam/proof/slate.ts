import { OpenTest } from "./open-test";

export const UNDECIDED = 0;
export const HOLDS = 1;
export const FAILS = 2;

/** Open tests of a problem and what is known of them at the moment. */
export class Slate {
  readonly tests: OpenTest[] = [];
  readonly truths: number[] = [];
  /** What is undecided counts in favour of the caller, or against. */
  inFavour = true;
  private readonly places = new Map<number, number>();

  /** The test's place; the same test has one. */
  place(test: OpenTest): number {
    let place = this.places.get(test.id);
    if (place === undefined) {
      place = this.tests.length;
      this.places.set(test.id, place);
      this.tests.push(test);
      this.truths.push(UNDECIDED);
    }
    return place;
  }

  /** Whether all the tests hold; one fails; or neither is known. */
  all(places: readonly number[]): typeof UNDECIDED | typeof HOLDS | typeof FAILS {
    let undecided = false;
    for (let index = 0; index < places.length; index++) {
      const truth = this.truths[places[index]!]!;
      if (truth === FAILS) return FAILS;
      if (truth === UNDECIDED) undecided = true;
    }
    return undecided ? UNDECIDED : HOLDS;
  }
}
