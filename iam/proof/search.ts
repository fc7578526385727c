import { ALWAYS, Diagram, Diagrams, NEVER } from "./decision-diagram";
import { Alternative, Dimension, memberValue } from "./dimension";
import { OpenTest } from "./open-test";
import { Problem } from "./problem";
import { FAILS, HOLDS, UNDECIDED } from "./slate";
import { ROUTE_GROUP } from "./key-domain";

const MOST_BRANCHES = 50_000;

export class TooManyBranches extends Error {
  constructor(readonly branches: number) {
    super(`more than ${MOST_BRANCHES} combinations of conditions`);
  }
}

/**
 * Tries the alternatives of the choices that matter, in order, until the decision is the same whatever the others
 * are. What is not known comes last, as choices between true and false.
 *
 * @throws TooManyBranches
 */
export function search(
  problem: Problem,
  dimensions: readonly Dimension[],
  unknown: readonly OpenTest[],
  diagrams: Diagrams,
): { readonly diagram: Diagram; readonly branches: number } {
  const one = new Search(problem, dimensions, unknown, diagrams);
  return { diagram: one.from(0), branches: one.branches };
}

class Search {
  branches = 0;
  private readonly taken: (Alternative | undefined)[];
  /** For each test the levels that decide it. */
  private readonly levels: readonly (readonly number[])[];
  private readonly known = new Map<string, Diagram>();
  private endpoint: string | undefined;
  private routeIsOpen: boolean;

  constructor(
    private readonly problem: Problem,
    private readonly dimensions: readonly Dimension[],
    private readonly unknown: readonly OpenTest[],
    private readonly diagrams: Diagrams,
  ) {
    const levelOf = new Map(dimensions.map(({ group }, level) => [group, level]));
    this.levels = problem.slate.tests.map((test) =>
      test.cannotTell === undefined
        ? [...new Set(test.keys.map(({ domain }) => levelOf.get(domain.group)!))]
        : [dimensions.length + unknown.indexOf(test)],
    );
    this.taken = dimensions.map(() => undefined);
    this.routeIsOpen = problem.restricting.size > 0;
  }

  from(level: number): Diagram {
    if (!this.decides(true)) return NEVER;
    if (!this.routeIsOpen && this.decides(false)) return ALWAYS;
    const next = this.nextLevel(level);
    const key = this.keyOf(next);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (++this.branches > MOST_BRANCHES) throw new TooManyBranches(this.branches);
    const diagram = this.diagrams.branch(next, this.childrenAt(next));
    this.known.set(key, diagram);
    return diagram;
  }

  private decides(inFavour: boolean): boolean {
    this.problem.slate.inFavour = inFavour;
    return this.problem.isAllowed(this.endpoint);
  }

  /** The first level that an open statement waits for. */
  private nextLevel(level: number): number {
    if (this.routeIsOpen) return this.dimensions.findIndex(({ group }) => group === ROUTE_GROUP);
    const { slate, open } = this.problem;
    let next = Number.MAX_SAFE_INTEGER;
    for (const places of open) {
      if (slate.all(places) !== UNDECIDED) continue;
      for (const place of places) {
        if (slate.truths[place] !== UNDECIDED) continue;
        for (const one of this.levels[place]!) if (one >= level && one < next) next = one;
      }
    }
    return next;
  }

  /** Equal when the rest of the search is the same. */
  private keyOf(next: number): string {
    const { slate, open } = this.problem;
    const parts = [String(next), this.endpoint ?? ""];
    for (const places of open) parts.push(String(slate.all(places)));
    this.levels.forEach((levels, place) => {
      if (levels.length < 2 || slate.truths[place] !== UNDECIDED) return;
      for (const level of levels) {
        const taken = this.taken[level];
        parts.push(taken === undefined ? "-" : String(this.dimensions[level]!.alternatives.indexOf(taken)));
      }
    });
    return parts.join();
  }

  private childrenAt(level: number): readonly Diagram[] {
    if (level >= this.dimensions.length) return this.childrenOfUnknown(level);
    return this.dimensions[level]!.alternatives.map((alternative) => {
      const undo = this.take(level, alternative);
      const child = this.from(level + 1);
      undo();
      return child;
    });
  }

  private childrenOfUnknown(level: number): readonly Diagram[] {
    const { slate } = this.problem;
    const place = slate.place(this.unknown[level - this.dimensions.length]!);
    const children = [HOLDS, FAILS].map((truth) => {
      slate.truths[place] = truth;
      return this.from(level + 1);
    });
    slate.truths[place] = UNDECIDED;
    return children;
  }

  private take(level: number, alternative: Alternative): () => void {
    const { slate } = this.problem;
    const before = { endpoint: this.endpoint, routeIsOpen: this.routeIsOpen };
    this.taken[level] = alternative;
    if (this.dimensions[level]!.group === ROUTE_GROUP) {
      this.routeIsOpen = false;
      this.endpoint = alternative.members[0]!.endpoint?.id;
    }
    const decided: number[] = [];
    this.levels.forEach((levels, place) => {
      if (!levels.includes(level) || levels.some((one) => this.taken[one] === undefined)) return;
      slate.truths[place] = this.truthOf(slate.tests[place]!) ? HOLDS : FAILS;
      decided.push(place);
    });
    return () => {
      this.taken[level] = undefined;
      Object.assign(this, before);
      for (const place of decided) slate.truths[place] = UNDECIDED;
    };
  }

  private truthOf({ holds, frame, keys }: OpenTest): boolean {
    return holds((key) => {
      const open = keys.find((one) => one.key === key);
      if (open === undefined) return undefined;
      const level = this.dimensions.findIndex(({ group }) => group === open.domain.group);
      return memberValue(this.taken[level]!.members[0]!, key, frame.route);
    });
  }
}
