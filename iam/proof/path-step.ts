import { CannotTell, PathStep } from "./answer";
import { nameOf } from "./class-names";

/** The first way of each, but for one that is certain after one that is not. */
export function onceEach(steps: readonly PathStep[]): readonly PathStep[] {
  const certain = steps.filter(({ cannotTell }) => cannotTell.length === 0);
  const sure = new Set(certain.map(({ who }) => nameOf(who)));
  const kept = steps.filter(({ who, cannotTell }) => cannotTell.length === 0 || !sure.has(nameOf(who)));
  return [...new Map(kept.toReversed().map((step) => [nameOf(step.who), step])).values()].toReversed();
}

/** Somebody's access as a step of a path. */
export function stepOf(
  access: Pick<PathStep, "who" | "under" | "witness" | "cannotTell">,
  by: string,
  on: string,
  open: readonly CannotTell[] = [],
): PathStep {
  return {
    who: access.who,
    by,
    on,
    under: access.under,
    get witness() {
      return access.witness;
    },
    cannotTell: [...access.cannotTell, ...open],
  };
}
