import { Call, Operation, ServiceHost } from "../core/operation";
import { boolean, Infer, integer, optional, structure } from "../core/shape";
import { onSecret } from "./authorization";
import { invalidParameter, invalidRequest, replicaIsReadOnly, secretNotFound } from "./errors";
import { findSecret, lookUp } from "./find-secret";
import { deleteSecret as deleteRecord } from "./replication";
import { jobPlace, jobsOf } from "./rotation-job";
import { isReplica, putSecret, SecretRecord, secretsOf } from "./secret";
import * as shapes from "./shapes";

const DAY_MS = 86_400_000;

const deleteInput = structure({
  SecretId: shapes.secretId(),
  RecoveryWindowInDays: optional(integer()),
  ForceDeleteWithoutRecovery: optional(boolean()),
});
const restoreInput = shapes.justSecret();

type DeleteInput = Infer<typeof deleteInput>;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
export const deleteSecret: Operation<DeleteInput> = {
  name: "DeleteSecret",
  input: deleteInput,
  authorize: (request, call) => [
    onSecret(call, "DeleteSecret", request.SecretId, {
      ...(request.RecoveryWindowInDays !== undefined && {
        "secretsmanager:recoverywindowindays": String(request.RecoveryWindowInDays),
      }),
      ...(request.ForceDeleteWithoutRecovery !== undefined && {
        "secretsmanager:forcedeletewithoutrecovery": String(request.ForceDeleteWithoutRecovery),
      }),
    }),
  ],
  run(request, call) {
    requireWindow(request);
    const { secret, arn } = lookUp(call, request.SecretId);
    const isForced = request.ForceDeleteWithoutRecovery === true;
    if (!secret) {
      if (!isForced) throw secretNotFound();
      return { ARN: arn, Name: request.SecretId, DeletionDate: new Date(call.clock.now()) };
    }
    requireDeletable(secret, isForced);
    return isForced ? destroy(call, secret) : schedule(call, secret, request.RecoveryWindowInDays ?? 30);
  },
};

function requireWindow(request: DeleteInput): void {
  const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: isForced } = request;
  if (days === undefined) return;
  if (isForced === true) {
    throw invalidParameter(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  }
  if (days < 7 || days > 30) {
    throw invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
  }
}

function requireDeletable(secret: SecretRecord, isForced: boolean): void {
  if (secret.deletionAt !== undefined && !isForced) {
    throw invalidRequest(
      "You can't perform this operation on the secret because it was already scheduled for deletion.",
    );
  }
  if (isReplica(secret)) throw replicaIsReadOnly();
  if (secret.replicas?.length) {
    const regions = secret.replicas.map(({ region }) => region).join(", ");
    throw invalidParameter(
      `You can't delete secret ${secret.name} that still has replica regions [${regions}]`,
    );
  }
}

function schedule(call: Call, secret: SecretRecord, days: number) {
  const now = call.clock.now();
  const deletionAt = now + days * DAY_MS;
  putSecret(call.store, { ...secret, deletionAt, changedAt: now });
  return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(deletionAt) };
}

function destroy(call: Call, secret: SecretRecord) {
  deleteRecord(call.store, secret);
  jobsOf(call.store).delete(jobPlace(secret));
  return { ARN: secret.arn, Name: secret.name, DeletionDate: new Date(call.clock.now()) };
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html */
export const restoreSecret: Operation<Infer<typeof restoreInput>> = {
  name: "RestoreSecret",
  input: restoreInput,
  authorize: (request, call) => [onSecret(call, "RestoreSecret", request.SecretId)],
  run(request, call) {
    const secret = findSecret(call, request.SecretId);
    if (isReplica(secret)) throw replicaIsReadOnly();
    const { deletionAt: _restored, ...rest } = secret;
    putSecret(call.store, { ...rest, changedAt: call.clock.now() });
    return { ARN: secret.arn, Name: secret.name };
  },
};

/** Deletes the secrets whose recovery window is over. */
export function deleteDueSecrets(host: ServiceHost): void {
  const now = host.clock.now();
  const due = [...secretsOf(host.store).values()].filter(({ deletionAt }) => (deletionAt ?? Infinity) <= now);
  for (const secret of due) {
    host.store.transaction(() => {
      deleteRecord(host.store, secret);
      jobsOf(host.store).delete(jobPlace(secret));
    });
  }
}
