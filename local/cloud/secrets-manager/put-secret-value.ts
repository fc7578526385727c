import { Operation } from "../core/operation";
import { Infer, list, optional, string, structure } from "../core/shape";
import { onSecret } from "./authorization";
import { invalidRequest } from "./errors";
import { findWritableSecret } from "./find-secret";
import { putWithReplicas } from "./replication";
import { isByRotationFunction } from "./rotation-token";
import { noteManualRotation } from "./rotation-schedule";
import { SecretRecord } from "./secret";
import { readValue } from "./secret-value";
import * as shapes from "./shapes";
import { addVersion, isRepeated, requireToken } from "./versions";

const input = structure({
  SecretId: shapes.secretId(),
  ClientRequestToken: optional(shapes.versionId()),
  ...shapes.value,
  VersionStages: optional(list(shapes.stage(), { min: 1, max: 20 })),
  RotationToken: optional(string({ min: 36, max: 256, pattern: /[a-zA-Z0-9\-]+/, sensitive: true })),
});

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
export const putSecretValue: Operation<Infer<typeof input>> = {
  name: "PutSecretValue",
  input,
  authorize(request, call) {
    requireToken(request.ClientRequestToken);
    return [
      onSecret(call, "PutSecretValue", request.SecretId, {
        ...(request.VersionStages && { "secretsmanager:versionstage": request.VersionStages }),
      }),
    ];
  },
  run(request, call) {
    const versionId = requireToken(request.ClientRequestToken);
    const secret = findWritableSecret(call, request.SecretId);
    const value = readValue(request);
    if (!value) throw invalidRequest("You must provide either SecretString or SecretBinary.");
    const byRotationFunction = isByRotationFunction(call, secret, versionId, request.RotationToken);
    const wanted = { versionId, value, stages: request.VersionStages, byRotationFunction };
    if (isRepeated(call, secret, wanted)) return answer(secret, versionId);
    const changed = noteManualRotation(call, secret, addVersion(call, secret, wanted));
    return answer(putWithReplicas(call, changed, { versionId, value }), versionId);
  },
};

function answer(secret: SecretRecord, versionId: string) {
  const stages = secret.versions[versionId]?.stages ?? [];
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    ...(stages.length > 0 && { VersionStages: stages }),
  };
}
