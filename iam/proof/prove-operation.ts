import { Access, Who } from "./answer";
import { accessOf } from "./accesses";
import { OperationFrames } from "./frame";
import { Prover } from "./prover";
import { Subject } from "./subject";
import { NamedPrincipal } from "./world";

/** Of whom to ask. */
export interface Asked {
  readonly isAsked: (principal: NamedPrincipal) => boolean;
  readonly isClassAsked: (who: Who) => boolean;
}

/** Everyone who gets an operation through: named principals first. */
export function accessesOf(operation: OperationFrames, prover: Prover, asked?: Asked): readonly Access[] {
  const found: Access[] = [];
  for (const subjects of prover.appearances(operation, asked?.isAsked)) {
    const who = subjects[0]?.who;
    if (who === undefined || (who.kind !== "principal" && asked?.isClassAsked(who) === false)) continue;
    const access = accessOfSubjects(operation, subjects, prover);
    if (access !== undefined) found.push(access);
  }
  return found;
}

function accessOfSubjects(
  operation: OperationFrames,
  subjects: readonly Subject[],
  prover: Prover,
): Access | undefined {
  const solved = subjects.map((subject) => ({ subject, solution: prover.solution(operation, subject) }));
  return accessOf(operation, solved, prover.since);
}

/** Whether a caller gets the operation through in one of the ways in which it appears. */
export function getsThrough(
  operation: OperationFrames,
  subjects: readonly Subject[],
  prover: Prover,
): boolean {
  return subjects.some((subject) => prover.solution(operation, subject).under.length > 0);
}
