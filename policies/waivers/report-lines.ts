import { SieveReport } from "./sieve";
import { nameOf } from "./waiver";

/** Waivers that have to be looked at, one text each: past their last day, or with nothing to hide. */
export function staleWaivers({ expired, unused }: SieveReport): readonly string[] {
  return [
    ...expired.map(
      (waiver) =>
        `${nameOf(waiver)} expired after ${waiver.expires}. Fix the finding, or have the waiver renewed with a reason.`,
    ),
    ...unused.map(
      (waiver) =>
        `${nameOf(waiver)} has no finding to waive. Remove it: the finding is fixed, or has changed and shows again.`,
    ),
  ];
}

/** How much is hidden, by whom and until when, and what of the baseline is gone. Empty when there is nothing to say. */
export function hiddenFindings({ used, baselined, resolved }: SieveReport): readonly string[] {
  const waived = used.map(
    ({ waiver, findings }) =>
      `${counted(findings)} waived until ${waiver.expires}: ${nameOf(waiver)}, ${waiver.reason}`,
  );
  const known = baselined === 0 ? [] : [`${counted(baselined)} in the baseline, so not new`];
  const gone = resolved.map(({ rule, urn }) => `${rule} on ${urn}`);
  const resolvedLines =
    gone.length === 0
      ? []
      : [
          `${counted(gone.length)} of the baseline resolved; take them out of it:`,
          ...gone.map((one) => `  ${one}`),
        ];
  return [...waived, ...known, ...resolvedLines];
}

function counted(count: number): string {
  return count === 1 ? "1 finding" : `${count} findings`;
}
