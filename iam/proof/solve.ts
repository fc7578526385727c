import { CannotTell, Conjunction } from "./answer";
import { Diagram, Diagrams, levelsOf, NEVER, wayTo } from "./decision-diagram";
import { Dimension, dimensionOf, Member } from "./dimension";
import { groupCandidates } from "./group-candidates";
import { groupKeys } from "./group-keys";
import { MFA_GROUP, ROUTE_GROUP, TIME_GROUP, VERSION_GROUP } from "./key-domain";
import { OpenTest, openTestKey } from "./open-test";
import { Problem } from "./problem";
import { RouteSurroundings } from "./route-candidates";
import { search, TooManyBranches } from "./search";
import { shortestFirst, writtenTerms } from "./written-terms";

/** Under which circumstances the caller is allowed. */
export interface Solution {
  /** As in an answer; empty when the caller is denied in any case. */
  readonly under: readonly Conjunction[];
  readonly cannotTell: readonly CannotTell[];
  /** Circumstances in which the caller is certainly allowed; a group that is not here makes no difference. */
  readonly example?: ReadonlyMap<string, Member>;
  readonly branches: number;
}

export const DENIED_ANYWAY: Solution = { under: [], cannotTell: [], branches: 0 };
const ALLOWED_ANYWAY: Solution = { under: [[]], cannotTell: [], example: new Map(), branches: 0 };

/** Choices that were made for earlier problems of the same surroundings and of the same time. */
export type KnownDimensions = Map<string, Dimension>;

/** Works out when the requests of a problem are allowed. */
export function solve(
  problem: Problem,
  surroundings: RouteSurroundings,
  since: number,
  known: KnownDimensions = new Map(),
): Solution {
  const { slate } = problem;
  slate.inFavour = true;
  if (!problem.isAllowed(undefined)) return DENIED_ANYWAY;
  slate.inFavour = false;
  if (problem.restricting.size === 0 && problem.isAllowed(undefined)) return ALLOWED_ANYWAY;
  const dimensions = dimensionsOf(problem, surroundings, since, known);
  const unknown = slate.tests.filter(({ cannotTell }) => cannotTell !== undefined);
  try {
    const diagrams = new Diagrams();
    const { diagram, branches } = search(problem, dimensions, unknown, diagrams);
    return { ...solutionOf(diagram, dimensions, unknown, diagrams), branches };
  } catch (error) {
    if (!(error instanceof TooManyBranches)) throw error;
    const subject = dimensions.map(({ group }) => group.replace(/^key:/, "")).join(", ");
    const cannotTell: CannotTell = {
      kind: "too-many-cases",
      subject,
      reason: "there are too many combinations",
    };
    return { under: [[]], cannotTell: [cannotTell], branches: error.branches };
  }
}

const ORDER = [ROUTE_GROUP, TIME_GROUP, MFA_GROUP, VERSION_GROUP];

function dimensionsOf(
  problem: Problem,
  surroundings: RouteSurroundings,
  since: number,
  known: KnownDimensions,
): readonly Dimension[] {
  const { tests } = problem.slate;
  const groups = new Set(tests.flatMap(({ keys }) => keys.map(({ domain }) => domain.group)));
  if (problem.restricting.size > 0) groups.add(ROUTE_GROUP);
  const ordered = [...groups].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return ordered.map((group) => {
    const about = tests.filter(({ keys }) => keys.some(({ domain }) => domain.group === group));
    const restricting = group === ROUTE_GROUP ? [...problem.restricting] : [];
    const key = [group, ...restricting, ...about.map(openTestKey)].join("\n");
    let dimension = known.get(key);
    if (dimension === undefined) {
      const candidates = groupCandidates(group, groupKeys(group, tests), surroundings, since);
      dimension = dimensionOf(group, candidates, about, ({ endpoint }) =>
        endpoint !== undefined && problem.restricting.has(endpoint.id) ? endpoint.id : "",
      );
      known.set(key, dimension);
    }
    return dimension;
  });
}

function rank(group: string): number {
  const position = ORDER.indexOf(group);
  return position === -1 ? ORDER.length : position;
}

/** What hangs on the unknown is said with the widest conditions, and with what is not known. */
function solutionOf(
  diagram: Diagram,
  dimensions: readonly Dimension[],
  unknown: readonly OpenTest[],
  diagrams: Diagrams,
): Omit<Solution, "branches"> {
  const from = dimensions.length;
  const possible = diagrams.project(diagram, from, "some");
  const certain = diagrams.project(diagram, from, "each");
  if (possible === NEVER) return DENIED_ANYWAY;
  const levels = levelsOf(diagram);
  const cannotTell = [
    ...(possible === certain ? [] : unknown.filter((_, index) => levels.has(from + index))).flatMap(
      (test) => test.cannotTell ?? [],
    ),
    ...dimensions.flatMap(({ inexact }, level) =>
      inexact !== undefined && levels.has(level) ? [inexact] : [],
    ),
  ];
  const way = wayTo(certain);
  return {
    under: shortestFirst(writtenTerms(diagrams.terms(possible), dimensions)),
    cannotTell: distinct(cannotTell),
    ...(way && { example: exampleOf(way, dimensions) }),
  };
}

function distinct(list: readonly CannotTell[]): readonly CannotTell[] {
  return [...new Map(list.map((one) => [`${one.kind} ${one.subject}`, one])).values()];
}

function exampleOf(
  way: ReadonlyMap<number, number>,
  dimensions: readonly Dimension[],
): ReadonlyMap<string, Member> {
  return new Map(
    [...way].map(([level, index]) => {
      const { group, alternatives } = dimensions[level]!;
      return [group, alternatives[index]!.members[0]!];
    }),
  );
}
