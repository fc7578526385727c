import { Access } from "./answer";
import { accessOf } from "./accesses";
import { OperationFrames } from "./frame";
import { Prover } from "./prover";

/** Everyone who gets an operation through: named principals first. */
export function accessesOf(operation: OperationFrames, prover: Prover): readonly Access[] {
  return prover.appearances(operation).flatMap((subjects) => {
    const solved = subjects.map((subject) => ({ subject, solution: prover.solution(operation, subject) }));
    return accessOf(operation, solved, prover.since) ?? [];
  });
}
