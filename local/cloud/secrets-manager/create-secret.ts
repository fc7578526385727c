import { ApiError } from "../core/api-error";
import { Authorization, Call, Operation } from "../core/operation";
import { boolean, Infer, optional, string, structure } from "../core/shape";
import { kmsKeyContext, onSecret, replicaContext, requestTagContext } from "./authorization";
import { isManagedKey, validateKeyAccess } from "./data-key";
import { invalidRequest } from "./errors";
import { addReplicas, readReplicas } from "./replication";
import { startedReplicationStatus } from "./replication-status";
import { newSecretArn, putSecret, secretAt, SecretRecord } from "./secret";
import { readValue } from "./secret-value";
import { requireReplicable } from "./replicate-secret";
import * as shapes from "./shapes";
import { readTags } from "./tag-set";
import { addVersion, isRepeated, requireToken } from "./versions";

const input = structure({
  Name: string({ min: 1, max: 512 }),
  ClientRequestToken: optional(shapes.versionId()),
  Description: optional(shapes.description()),
  KmsKeyId: optional(shapes.kmsKeyId()),
  ...shapes.value,
  Tags: optional(shapes.tags()),
  AddReplicaRegions: optional(shapes.replicaRegions()),
  ForceOverwriteReplicaSecret: optional(boolean()),
  Type: optional(string({ max: 256 })),
});

type Input = Infer<typeof input>;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export const createSecret: Operation<Input> = {
  name: "CreateSecret",
  input,
  authorize(request, call): readonly Authorization[] {
    requireToken(request.ClientRequestToken);
    requireName(request.Name);
    const extra = {
      "secretsmanager:name": request.Name,
      ...(request.Description !== undefined && { "secretsmanager:description": request.Description }),
      ...kmsKeyContext(request.KmsKeyId),
      ...replicaContext(request.AddReplicaRegions, request.ForceOverwriteReplicaSecret),
      ...requestTagContext(readTags(request.Tags)),
    };
    return [
      onSecret(call, "CreateSecret", request.Name, extra),
      ...(request.Tags?.length ? [onSecret(call, "TagResource", request.Name, extra)] : []),
      ...(request.AddReplicaRegions ? [onSecret(call, "ReplicateSecretToRegions", request.Name, extra)] : []),
    ];
  },
  run(request, call) {
    const versionId = requireToken(request.ClientRequestToken);
    const value = readValue(request);
    const replicas = readReplicas(request.AddReplicaRegions);
    requireReplicable(call.region, [], replicas);
    const repeated = existing(call, request, versionId);
    if (repeated) return answer(call, repeated, value && versionId, []);
    let secret = newSecret(call, request);
    if (value) secret = addVersion(call, secret, { versionId, value });
    else if (secret.kmsKeyId !== undefined) validateKeyAccess(call, secret);
    putSecret(call.store, secret);
    if (replicas.length > 0) {
      secret = addReplicas(call, secret, replicas, request.ForceOverwriteReplicaSecret ?? false);
    }
    return answer(
      call,
      secret,
      value && versionId,
      replicas.map(({ region }) => region),
    );
  },
};

/** Names take letters, digits and `/_+=.@-!`. */
function requireName(name: string): void {
  if (/^[A-Za-z0-9/_+=.@!-]+$/.test(name)) return;
  throw new ApiError(
    "ValidationException",
    "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
  );
}

/** The secret of an earlier request with the same token. @throws ApiError when the name is taken by another */
function existing(call: Call, request: Input, versionId: string): SecretRecord | undefined {
  const found = secretAt(call.store, call.accountId, call.region, request.Name);
  if (!found) return undefined;
  if (found.deletionAt !== undefined) {
    throw invalidRequest(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
  }
  const value = readValue(request);
  if (value && found.versions[versionId]?.hasValue && isRepeated(call, found, { versionId, value }))
    return found;
  throw new ApiError(
    "ResourceExistsException",
    `The operation failed because the secret ${request.Name} already exists.`,
  );
}

function newSecret(call: Call, request: Input): SecretRecord {
  const now = call.clock.now();
  return {
    name: request.Name,
    arn: newSecretArn(call, request.Name),
    accountId: call.accountId,
    region: call.region,
    ...(request.Description && { description: request.Description }),
    ...(request.Type && { type: request.Type }),
    ...(!isManagedKey(request.KmsKeyId) && { kmsKeyId: request.KmsKeyId }),
    ...(request.Tags && { tags: readTags(request.Tags) }),
    createdAt: now,
    changedAt: now,
    versions: {},
  };
}

function answer(call: Call, secret: SecretRecord, versionId: string | undefined, regions: readonly string[]) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(versionId !== undefined && { VersionId: versionId }),
    ...(secret.replicas && { ReplicationStatus: startedReplicationStatus(call.store, secret, regions) }),
  };
}
