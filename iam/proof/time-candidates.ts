import { Atom } from "./atom";
import { timesAround } from "./breakpoints";
import { Candidates, Member } from "./dimension";
import { GroupKey } from "./group-keys";
import { isoTime, timeOf } from "./value-classes";

const NOW = "aws:currenttime";
const EPOCH = "aws:epochtime";
const ISSUED = "aws:tokenissuetime";
/** Temporary credentials last 36 hours at most. */
const LONGEST_SESSION = 36 * 3_600_000;
const HOUR = 3_600_000;

/**
 * Times of requests from `since` on, with times at which the credentials may have been issued.
 *
 * @param since milliseconds since 1970
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-tokenissuetime
 */
export function timeCandidates(keys: ReadonlyMap<string, GroupKey>, since: number): Candidates {
  const points = [...keys.values()].flatMap(({ atoms }) => atoms.flatMap(pointsOf));
  const around = timesAround(points).filter((time) => time >= since);
  const shifted = keys.has(ISSUED) ? around.map((time) => time + HOUR) : [];
  const times = [...new Set([since, ...around, ...shifted])].sort((a, b) => a - b);
  const issued = keys.get(ISSUED);
  const members = times.flatMap((now) => {
    if (issued === undefined) return [memberOf(now)];
    const whenIssued = [now - 1000, ...timesAround(points)].filter(
      (time) => time <= now && time >= now - LONGEST_SESSION,
    );
    const withToken = [...new Set(whenIssued)].map((time) => memberOf(now, time));
    return issued.domain.mayBeAbsent ? [memberOf(now), ...withToken] : withToken;
  });
  const families = [...keys.values()].flatMap(({ atoms }) => atoms.map(({ family }) => family));
  return {
    members,
    atoms: new Map([...keys].map(([key, { atoms }]) => [key, atoms])),
    complete: families.every((family) => family === "time" || family === "number"),
  };
}

/** Numbers are of `aws:EpochTime`, in seconds. */
function pointsOf({ family, bound }: Atom): readonly number[] {
  if (bound === undefined) return [];
  return family === "number" ? [Number(bound) * 1000].filter(Number.isFinite) : timeOf(bound);
}

function memberOf(now: number, issued?: number): Member {
  return {
    values: new Map([
      [NOW, isoTime(now)],
      [EPOCH, String(Math.floor(now / 1000))],
      ...(issued === undefined ? [] : [[ISSUED, isoTime(issued)] as const]),
    ]),
  };
}
