import { Who } from "./answer";
import { ChangedReading } from "./changed-reading";
import { nameOf } from "./class-names";
import { keyFrame, secretFrame } from "./copy-frames";
import { OperationFrames } from "./frame";
import { textDomain } from "./key-domain";
import { stepOf } from "./path-step";
import { FirstStep } from "./policy-changes";
import { accessesOf } from "./prove-operation";
import { Prover } from "./prover";
import { Key, SecretCopy } from "./world";

const KEY_ID = "secretsmanager:kmskeyid";

/**
 * Those who can put the values of a copy under another key of the world, so that they, or else someone else, read:
 * the caller decrypts with the present key, and encrypts with the other one.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_update-encryption-key.html
 */
export function keyMoves(
  copy: SecretCopy,
  readers: ReadonlyMap<string, Who>,
  prover: Prover,
): readonly FirstStep[] {
  const movers = accessesOf(moveTo(undefined, copy, prover), prover).filter(
    ({ who }) => !readers.has(nameOf(who)),
  );
  if (movers.length === 0) return [];
  const names = new Set(movers.map(({ who }) => nameOf(who)));
  const { world } = prover.index;
  return world.keys
    .filter(({ arn }) => arn !== copy.key && arn.split(":")[3] === copy.region)
    .flatMap((key) => movesTo(key, copy, names, readers, prover));
}

function movesTo(
  key: Key,
  copy: SecretCopy,
  names: ReadonlySet<string>,
  readers: ReadonlyMap<string, Who>,
  prover: Prover,
): readonly FirstStep[] {
  const isMover = (who: Who) => names.has(nameOf(who));
  const { index } = prover;
  const frames = [
    secretFrame("GetSecretValue", copy, index),
    keyFrame("Decrypt", "forwarded", { ...copy, key: key.arn }, index),
  ];
  const after = new ChangedReading({ operation: "GetSecretValue", frames }, readers, prover);
  return accessesOf(moveTo(key, copy, prover), prover, {
    isAsked: ({ arn, accountId }) => isMover({ kind: "principal", arn, accountId }),
    isClassAsked: isMover,
  }).flatMap((access): readonly FirstStep[] => {
    const reader = after.isReadBy(access.who) ? access.who : after.someReader();
    if (reader === undefined) return [];
    return [{ step: stepOf(access, "secretsmanager:UpdateSecret", copy.arn), reader }];
  });
}

/** When no key is given: only the requests that every key needs, with any key's id. */
function moveTo(key: Key | undefined, copy: SecretCopy, { index }: Prover): OperationFrames {
  const update = secretFrame("UpdateSecret", copy, index);
  const decrypt = keyFrame("Decrypt", "forwarded", copy, index);
  if (key === undefined) {
    const free = new Map([...update.free, [KEY_ID, textDomain(KEY_ID, { mayBeAbsent: false })] as const]);
    return { operation: "UpdateSecret", frames: [{ ...update, free }, decrypt] };
  }
  const moved = { ...copy, key: key.arn };
  const fixed = new Map([...update.fixed, [KEY_ID, key.arn] as const]);
  const underOther = ["GenerateDataKey", "Encrypt", "Decrypt"].map((action) =>
    keyFrame(action, "forwarded", moved, index),
  );
  return { operation: "UpdateSecret", frames: [{ ...update, fixed }, decrypt, ...underOther] };
}
