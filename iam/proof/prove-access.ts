import { Access, ActionClass, CopyAnswer } from "./answer";
import { accessOf } from "./accesses";
import { OperationFrames } from "./frame";
import { operationsOf } from "./operations";
import { AccessProof } from "./proof";
import { Prover } from "./prover";
import { AccessWorld, Secret, SecretCopy } from "./world";

/**
 * Prepares the proof of who can do what with each secret of the world: over all principals, exactly, by AWS's own
 * decision. Nothing is decided before it is asked for. The world must not change afterwards.
 */
export function proveAccess(world: AccessWorld): AccessProof {
  const prover = new Prover(world);
  const secrets = new Map(world.secrets.map((secret) => [secret.id, secret]));
  const secretOf = (id: string): Secret => {
    const secret = secrets.get(id);
    if (secret === undefined) throw new Error(`there is no secret ${id}`);
    return secret;
  };
  const direct = (id: string) => secretOf(id).copies.map((copy) => copyAnswer(copy, prover));
  return { direct, counts: () => prover.counts() } as unknown as AccessProof;
}

/** Each class of actions is worked out when it is looked at. */
export function copyAnswer(copy: SecretCopy, prover: Prover): CopyAnswer {
  const known = new Map<ActionClass, readonly Access[]>();
  const of = (kind: ActionClass): readonly Access[] => {
    let accesses = known.get(kind);
    if (accesses === undefined) {
      accesses = operationsOf(kind, copy, prover.index).flatMap((operation) => accessesOf(operation, prover));
      known.set(kind, accesses);
    }
    return accesses;
  };
  return {
    region: copy.region,
    arn: copy.arn,
    accesses: {
      get read() {
        return of("read");
      },
      get write() {
        return of("write");
      },
      get rotate() {
        return of("rotate");
      },
      get "change-policy"() {
        return of("change-policy");
      },
    },
  };
}

/** Everyone who gets an operation through: named principals first. */
export function accessesOf(operation: OperationFrames, prover: Prover): readonly Access[] {
  return prover.appearances(operation).flatMap((subjects) => {
    const solved = subjects.map((subject) => ({ subject, solution: prover.solution(operation, subject) }));
    return accessOf(operation, solved, prover.since) ?? [];
  });
}
