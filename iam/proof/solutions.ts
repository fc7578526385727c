import { openTestKey } from "./open-test";
import { Problem } from "./problem";
import { RouteSurroundings } from "./route-candidates";
import { FAILS, UNDECIDED } from "./slate";
import { DENIED_ANYWAY, KnownDimensions, Solution, solve } from "./solve";

/** What is the same for all requests that can come the same ways. */
interface KnownInPlace {
  readonly dimensions: KnownDimensions;
  readonly unlessDenied: Map<string, Solution>;
}

/** Solutions of problems, each worked out once for all that come to the same. */
export class Solutions {
  private readonly known = new Map<string, Solution>();
  private readonly byPlace = new WeakMap<RouteSurroundings, KnownInPlace>();
  private branchesSoFar = 0;

  /** @param since as of {@link solve} */
  constructor(private readonly since: number) {}

  /** Branches of all searches. */
  get branches(): number {
    return this.branchesSoFar;
  }

  /**
   * When the requests of the problem are allowed.
   *
   * @param whose text that is the same for callers and operations whose problems of one signature have one solution
   */
  of(problem: Problem, whose: string, around: RouteSurroundings): Solution {
    const { slate, restricting, signature } = problem;
    if (slate.tests.length === 0 && restricting.size === 0) return solve(problem, around, this.since);
    const tests = slate.tests.map(openTestKey).join();
    const key = `${whose} ${signature} ${tests}`;
    let found = this.known.get(key);
    if (found === undefined) {
      found =
        problem.unless === undefined ? this.solve(problem, around) : this.unless(problem, tests, around);
      this.known.set(key, found);
    }
    return found;
  }

  /** Of a problem that only denials leave open, whatever else its documents say. */
  private unless(problem: Problem, tests: string, around: RouteSurroundings): Solution {
    const { slate, open, unless } = problem;
    slate.inFavour = true;
    if (!problem.isAllowed(undefined)) return DENIED_ANYWAY;
    const { unlessDenied } = this.knownAt(around);
    const key = `${unless} ${tests}`;
    let found = unlessDenied.get(key);
    if (found === undefined) {
      const isSpared = (places: readonly number[]) => {
        const all = slate.all(places);
        return all === FAILS || (all === UNDECIDED && slate.inFavour);
      };
      found = this.solve({ ...problem, isAllowed: () => open.every(isSpared) }, around);
      unlessDenied.set(key, found);
    }
    return found;
  }

  private solve(problem: Problem, around: RouteSurroundings): Solution {
    const found = solve(problem, around, this.since, this.knownAt(around).dimensions);
    this.branchesSoFar += found.branches;
    return found;
  }

  private knownAt(around: RouteSurroundings): KnownInPlace {
    let known = this.byPlace.get(around);
    if (known === undefined) {
      known = { dimensions: new Map(), unlessDenied: new Map() };
      this.byPlace.set(around, known);
    }
    return known;
  }
}
