import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { Infer, optional, string, structure } from "../core/shape";
import { kmsKeyContext, onSecret } from "./authorization";
import { isManagedKey, validateKeyAccess } from "./data-key";
import { replicaIsReadOnly } from "./errors";
import { findLiveSecret } from "./find-secret";
import { noteReplicaKey, putWithReplicas } from "./replication";
import { noteManualRotation } from "./rotation-schedule";
import { isReplica, SecretRecord } from "./secret";
import { readValue, rewrapValue } from "./secret-value";
import * as shapes from "./shapes";
import { addVersion, isRepeated, requireToken } from "./versions";

const input = structure({
  SecretId: shapes.secretId(),
  ClientRequestToken: optional(shapes.versionId()),
  Description: optional(shapes.description()),
  KmsKeyId: optional(shapes.kmsKeyId()),
  ...shapes.value,
  Type: optional(string({ max: 256 })),
});

type Input = Infer<typeof input>;

/**
 * A replica takes a change of its KMS key and nothing else. With a new key the labelled versions are put under it,
 * for callers with kms:Encrypt; for others they stay under the old one.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html
 */
export const updateSecret: Operation<Input> = {
  name: "UpdateSecret",
  input,
  authorize(request, call) {
    requireToken(request.ClientRequestToken);
    const extra = {
      ...(request.Description !== undefined && { "secretsmanager:description": request.Description }),
      ...kmsKeyContext(request.KmsKeyId),
    };
    return [onSecret(call, "UpdateSecret", request.SecretId, extra)];
  },
  run(request, call) {
    const versionId = requireToken(request.ClientRequestToken);
    const secret = findLiveSecret(call, request.SecretId);
    const value = readValue(request);
    if (isReplica(secret) && (value || request.Description !== undefined || request.Type !== undefined)) {
      throw replicaIsReadOnly();
    }
    let changed = withMetadata(secret, request, call.clock.now());
    if (changed.kmsKeyId !== secret.kmsKeyId) {
      if (!value) validateKeyAccess(call, changed);
      rewrapLabelled(call, changed);
    }
    if (value && !isRepeated(call, changed, { versionId, value })) {
      changed = noteManualRotation(call, secret, addVersion(call, changed, { versionId, value }));
    }
    putWithReplicas(call, changed, { versionId, value });
    if (isReplica(changed)) noteReplicaKey(call.store, changed);
    return { ARN: secret.arn, Name: secret.name, ...(value && { VersionId: versionId }) };
  },
};

function withMetadata(secret: SecretRecord, request: Input, now: number): SecretRecord {
  const { description, kmsKeyId, ...rest } = secret;
  const newDescription = request.Description ?? description;
  const newKey =
    request.KmsKeyId === undefined ? kmsKeyId : isManagedKey(request.KmsKeyId) ? undefined : request.KmsKeyId;
  return {
    ...rest,
    ...(newDescription && { description: newDescription }),
    ...(newKey !== undefined && { kmsKeyId: newKey }),
    ...(request.Type !== undefined && { type: request.Type }),
    changedAt: now,
  };
}

/** Puts the values of a secret under its present key, as far as the caller may. */
function rewrapLabelled(call: Call, secret: SecretRecord): void {
  for (const [id, version] of Object.entries(secret.versions)) {
    if (version.stages.length === 0) continue;
    try {
      rewrapValue(call, secret, id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
