import { ApiError } from "../core/api-error";
import { Operation } from "../core/operation";
import { Infer, optional, structure } from "../core/shape";
import { onSecret } from "./authorization";
import { invalidParameter, invalidRequest } from "./errors";
import { findWritableSecret } from "./find-secret";
import { putWithReplicas } from "./replication";
import { noteManualRotation } from "./rotation-schedule";
import { SecretRecord, versionWithStage } from "./secret";
import * as shapes from "./shapes";
import { attachStages, CURRENT, moveStage } from "./stages";

const input = structure({
  SecretId: shapes.secretId(),
  VersionStage: shapes.stage(),
  RemoveFromVersionId: optional(shapes.versionId()),
  MoveToVersionId: optional(shapes.versionId()),
});

type Input = Infer<typeof input>;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html */
export const updateSecretVersionStage: Operation<Input> = {
  name: "UpdateSecretVersionStage",
  input,
  authorize: (request, call) => [
    onSecret(call, "UpdateSecretVersionStage", request.SecretId, {
      "secretsmanager:versionstage": request.VersionStage,
    }),
  ],
  run(request, call) {
    const secret = findWritableSecret(call, request.SecretId);
    const { VersionStage: stage, MoveToVersionId: target } = request;
    requireConsistent(secret, request);
    const versions =
      target === undefined
        ? moveStage(secret.versions, stage, undefined)
        : attachStages(secret.versions, target, [stage]);
    const changed = noteManualRotation(call, secret, { ...secret, versions, changedAt: call.clock.now() });
    putWithReplicas(call, changed);
    return { ARN: secret.arn, Name: secret.name };
  },
};

function requireConsistent(secret: SecretRecord, request: Input): void {
  const { VersionStage: stage, RemoveFromVersionId: source, MoveToVersionId: target } = request;
  const holder = versionWithStage(secret, stage);
  for (const id of [source, target]) {
    if (id !== undefined && !secret.versions[id]) {
      throw new ApiError(
        "ResourceNotFoundException",
        `Secrets Manager can't find the specified secret version: ${id}.`,
      );
    }
  }
  if (source === undefined && target === undefined) {
    throw invalidParameter("You must provide RemoveFromVersionId, MoveToVersionId or both.");
  }
  if (target === undefined && stage === CURRENT) {
    throw invalidParameter(
      "You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.",
    );
  }
  if (source === undefined && holder !== undefined && holder !== target) {
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${stage} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
  if (source !== undefined && source !== holder) {
    throw invalidParameter(
      `The parameter RemoveFromVersionId is ${source}, but staging label ${stage} is not attached to it.`,
    );
  }
  if (target !== undefined && stage === CURRENT && !secret.versions[target]!.hasValue) {
    throw invalidRequest("You can't move staging label AWSCURRENT to a version that has no secret value.");
  }
}
