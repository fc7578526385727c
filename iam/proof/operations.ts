import { ActionClass } from "./answer";
import { Frame, OperationFrames } from "./frame";
import { keyFrame, secretFrame } from "./copy-frames";
import { SecretCopy } from "./world";
import { WorldIndex } from "./world-index";

/** What each class of actions comes down to; an operation of the primary cannot be called on a replica. */
const OPERATIONS: Readonly<
  Record<
    ActionClass,
    readonly { readonly name: string; readonly ofPrimary?: true; readonly kms: readonly string[] }[]
  >
> = {
  read: [{ name: "GetSecretValue", kms: ["Decrypt"] }],
  write: [
    { name: "PutSecretValue", ofPrimary: true, kms: ["GenerateDataKey", "Decrypt"] },
    { name: "UpdateSecret", ofPrimary: true, kms: ["GenerateDataKey", "Decrypt"] },
    { name: "UpdateSecretVersionStage", ofPrimary: true, kms: [] },
  ],
  rotate: [{ name: "RotateSecret", ofPrimary: true, kms: [] }],
  "change-policy": [
    { name: "PutResourcePolicy", ofPrimary: true, kms: [] },
    { name: "DeleteResourcePolicy", ofPrimary: true, kms: [] },
    { name: "ReplicateSecretToRegions", ofPrimary: true, kms: ["Decrypt"] },
  ],
};

const OF_KEYS = ["PutKeyPolicy", "CreateGrant"];

/**
 * The operations of a class on one copy of a secret, each with the requests it sets off.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function operationsOf(
  kind: ActionClass,
  copy: SecretCopy,
  index: WorldIndex,
): readonly OperationFrames[] {
  const isReplica = copy.primaryRegion !== undefined && copy.primaryRegion !== copy.region;
  const onSecret = OPERATIONS[kind]
    .filter(({ ofPrimary }) => !(isReplica && ofPrimary === true))
    .map(({ name, kms }) => ({
      operation: name,
      frames: [
        secretFrame(name, copy, index),
        ...kms.map((action) => keyFrame(action, "forwarded", copy, index)),
        ...(name === "RotateSecret" ? invocation(copy) : []),
      ],
    }));
  if (kind !== "change-policy" || index.key(copy) === undefined) return onSecret;
  return [
    ...onSecret,
    ...OF_KEYS.map((name) => ({ operation: name, frames: [keyFrame(name, "direct", copy, index)] })),
  ];
}

/** RotateSecret asks for it when the function is of the caller's account. */
function invocation({ rotationFunction: arn, region }: SecretCopy): readonly Frame[] {
  if (arn === undefined) return [];
  return [
    {
      action: "lambda:InvokeFunction",
      route: "direct",
      region,
      resource: { arn, accountId: arn.split(":")[4] ?? "" },
      fixed: new Map([
        ["aws:requestedregion", region],
        ["lambda:functionarn", arn],
      ]),
      free: new Map(),
      ofOwnAccountOnly: "else skip",
    },
  ];
}
