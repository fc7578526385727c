import { Access } from "./answer";
import { accessOf } from "./accesses";
import { OperationFrames } from "./frame";
import { Prover } from "./prover";
import { Subject } from "./subject";

/** Everyone who gets an operation through: named principals first. */
export function accessesOf(operation: OperationFrames, prover: Prover): readonly Access[] {
  const found: Access[] = [];
  for (const subjects of prover.appearances(operation)) {
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
