import { Access, CannotTell, Conjunction, Scenario } from "./answer";
import { OperationFrames } from "./frame";
import { Solution } from "./solve";
import { Subject } from "./subject";
import { scenarioOf } from "./witness";
import { shortestFirst, textOf } from "./written-terms";

/** One way in which someone appears, and when it gets through. */
export interface Solved {
  readonly subject: Subject;
  readonly solution: Solution;
}

/**
 * What one principal or class can do: the ways in which it appears put together, where they differ with what tells
 * them apart. `undefined` when none gets through.
 */
export function accessOf(
  operation: OperationFrames,
  solved: readonly Solved[],
  since: number,
): Access | undefined {
  const through = solved.filter(({ solution }) => solution.under.length > 0);
  const first = through[0];
  if (first === undefined) return undefined;
  const example = through.find(({ solution }) => solution.example !== undefined);
  let witness: Scenario | undefined;
  return {
    who: first.subject.who,
    operation: operation.operation,
    under: solved.length === 1 ? withLabel(first) : together(solved),
    get witness() {
      return (witness ??= example && witnessOf(operation, example, since));
    },
    cannotTell: solved.length === 1 ? first.solution.cannotTell : distinct(through),
  };
}

function withLabel({ subject, solution }: Solved): readonly Conjunction[] {
  return subject.label.length === 0
    ? solution.under
    : solution.under.map((one) => [...subject.label, ...one]);
}

/** A condition that holds for all needs no label. */
function together(solved: readonly Solved[]): readonly Conjunction[] {
  const [first] = solved;
  const text = JSON.stringify(first!.solution.under);
  if (
    solved.every(
      ({ solution }) => solution.under === first!.solution.under || JSON.stringify(solution.under) === text,
    )
  ) {
    return first!.solution.under;
  }
  const labelled = solved.flatMap(withLabel);
  return shortestFirst([...new Map(labelled.map((one) => [textOf(one), one])).values()]);
}

function distinct(solved: readonly Solved[]): readonly CannotTell[] {
  const all = solved.flatMap(({ solution }) => solution.cannotTell);
  return [...new Map(all.map((one) => [`${one.kind} ${one.subject}`, one])).values()];
}

/** `undefined` if the call does not succeed after all. */
function witnessOf(
  operation: OperationFrames,
  { subject, solution }: Solved,
  since: number,
): Scenario | undefined {
  const scenario = scenarioOf(operation, subject, solution.example ?? new Map(), since);
  return scenario.steps.every(({ decision }) => decision.allowed) ? scenario : undefined;
}
