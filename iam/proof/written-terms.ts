import { Conjunction } from "./answer";
import { Term } from "./decision-diagram";
import { Dimension } from "./dimension";

/** The terms in words, each without repetitions. */
export function writtenTerms(
  terms: readonly Term[],
  dimensions: readonly Dimension[],
): readonly Conjunction[] {
  const written = terms.flatMap((term) =>
    term.reduce<readonly Conjunction[]>(
      (soFar, { level, chosen }) => {
        const own = dimensions[level]!.describe(chosen);
        return soFar.flatMap((conditions) => own.map((more) => [...conditions, ...more]));
      },
      [[]],
    ),
  );
  return [...new Map(written.map((conditions) => [textOf(conditions), conditions])).values()];
}

export function shortestFirst(list: readonly Conjunction[]): readonly Conjunction[] {
  return [...list].sort((a, b) => a.length - b.length || (textOf(a) < textOf(b) ? -1 : 1));
}

/** The same for conjunctions that say the same. */
export function textOf(conditions: Conjunction): string {
  return conditions.map(({ text }) => text).join(" and ");
}
