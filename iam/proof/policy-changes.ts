import { compilePolicy } from "../compiled-policy";
import { AttachedPolicy } from "../decision";
import { CopyAnswer, PathStep, Who } from "./answer";
import { ChangedReading } from "./changed-reading";
import { nameOf } from "./class-names";
import { OperationFrames } from "./frame";
import { stepOf } from "./path-step";
import { Prover } from "./prover";
import { SecretCopy } from "./world";

const OPEN: AttachedPolicy = {
  source: "a policy that lets everyone in",
  policy: compilePolicy({
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
  }),
};

/** How what an operation changes can look afterwards, in the frames of reading. */
const CHANGES: Readonly<Record<string, (reading: OperationFrames) => OperationFrames>> = {
  PutResourcePolicy: (reading) => withPolicy(reading, "secretsmanager:", OPEN),
  DeleteResourcePolicy: (reading) => withPolicy(reading, "secretsmanager:", undefined),
  PutKeyPolicy: (reading) => withPolicy(reading, "kms:", OPEN),
  CreateGrant: (reading) => withPolicy(reading, "kms:", OPEN),
  // The copy has a key of the caller's choice.
  ReplicateSecretToRegions: (reading) => withPolicy(reading, "kms:", OPEN),
};

function withPolicy(
  reading: OperationFrames,
  prefix: string,
  policy: AttachedPolicy | undefined,
): OperationFrames {
  return {
    ...reading,
    frames: reading.frames.map((frame) => {
      if (!frame.action.startsWith(prefix)) return frame;
      const { policy: _, ...rest } = frame;
      return policy === undefined ? rest : { ...rest, policy };
    }),
  };
}

/** A step after which there is a reader. */
export interface FirstStep {
  readonly step: PathStep;
  readonly reader: Who;
}

/** Those who can change a policy so that they, or else someone else, read. */
export function policyChanges(
  copy: SecretCopy,
  reading: OperationFrames,
  answer: CopyAnswer,
  readers: ReadonlyMap<string, Who>,
  prover: Prover,
): readonly FirstStep[] {
  const changed = new Map<string, ChangedReading>();
  return answer.accesses["change-policy"].flatMap((access) => {
    const { operation, who } = access;
    const change = CHANGES[operation];
    if (change === undefined || readers.has(nameOf(who))) return [];
    let after = changed.get(operation);
    if (after === undefined) {
      changed.set(operation, (after = new ChangedReading(change(reading), readers, prover)));
    }
    const reader = after.isReadBy(who) ? who : after.someReader();
    if (reader === undefined) return [];
    const isOfKey = operation === "PutKeyPolicy" || operation === "CreateGrant";
    const by = `${isOfKey ? "kms" : "secretsmanager"}:${operation}`;
    return [{ step: stepOf(access, by, isOfKey ? copy.key : copy.arn), reader }];
  });
}
