import { Access, ActionClass, CopyAnswer } from "./answer";
import { operationsOf } from "./operations";
import { AccessProof } from "./proof";
import { Becoming } from "./becoming";
import { indirectAccesses, Ways } from "./indirect";
import { accessesOf } from "./prove-operation";
import { Prover } from "./prover";
import { refusalOf } from "./refusal";
import { replayCall } from "./replay";
import { WAYS_NOT_FOLLOWED } from "./ways-not-followed";
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
  const all = new Becoming(prover, true);
  const withOwnAffairs: Ways = { all, asked: all };
  const withoutThem: Ways = { all, asked: new Becoming(prover, false) };
  const known = new Map<string, readonly CopyAnswer[]>();
  const direct = (id: string) => {
    const answers = known.get(id) ?? secretOf(id).copies.map((copy) => copyAnswer(copy, prover));
    known.set(id, answers);
    return answers;
  };
  return {
    direct,
    secret: (secretId, { withoutOwnAffairs = false } = {}) => {
      const ways = withoutOwnAffairs ? withoutThem : withOwnAffairs;
      const copies = direct(secretId);
      const indirect = secretOf(secretId).copies.flatMap((copy, index) =>
        indirectAccesses(copy, copies[index]!, prover, ways),
      );
      return { secretId, copies, indirect };
    },
    refusal: (secretId, region, arn) => refusalOf(secretOf(secretId), region, arn, prover),
    replay: (call) => replayCall(call, secretOf(call.secretId), prover),
    notFollowed: WAYS_NOT_FOLLOWED,
    counts: () => prover.counts(),
  };
}

/** Each class of actions is worked out when it is looked at. */
function copyAnswer(copy: SecretCopy, prover: Prover): CopyAnswer {
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
