import { ProofRun } from "./command-line";
import { Subject } from "./subject";

/** External calls of a rotation of alternating users; those of other strategies are some thirty with every engine. */
const callsOfTwoUsers: Readonly<Record<string, number>> = {
  ...{ postgres: 75, "postgres-15": 75, "postgres-16": 75, "postgres-17": 75 },
  ...{ mariadb: 191, mysql: 208, sqlserver: 107, oracle: 96 },
};

/** Of starting a server, of the faults, and of the login loop. Seconds. */
const fixed = 30;
/** Of one call in one of the rotations that are interrupted, with the checks after it. Seconds. */
const perCall = 0.0013;
/** Crash cells, and the ways in which a call is interrupted. */
const repetitions = 3 * 4.3;

/** How long the proof of a subject takes, roughly: to begin with the longest, and to tell how long is left. Seconds. */
export function expectedSeconds({ engine, strategy }: Subject, { every }: Pick<ProofRun, "every">): number {
  const calls = (strategy === "alternating-users" && callsOfTwoUsers[engine]) || 33;
  return fixed / Math.min(every, 3) + (repetitions * calls * calls * perCall) / every;
}
