import { RequestContext } from "../../../iam";
import { Call, Operation } from "../core/operation";
import { Infer, optional, structure } from "../core/shape";
import { onSecret } from "./authorization";
import { invalidRequest, valueNotFound } from "./errors";
import { findLiveSecret } from "./find-secret";
import { putSecret, SecretRecord, versionWithStage } from "./secret";
import { openValue, valueMembers } from "./secret-value";
import * as shapes from "./shapes";
import { CURRENT } from "./stages";

const DAY_MS = 86_400_000;

const input = structure({
  SecretId: shapes.secretId(),
  VersionId: optional(shapes.versionId()),
  VersionStage: optional(shapes.stage()),
});

type Input = Infer<typeof input>;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export const getSecretValue: Operation<Input> = {
  name: "GetSecretValue",
  input,
  authorize: (request, call) => [onSecret(call, "GetSecretValue", request.SecretId, versionContext(request))],
  run: (request, call) => readVersion(call, findLiveSecret(call, request.SecretId), request),
  trail: { readOnly: true },
};

/** A request that names neither version nor label is about AWSCURRENT. */
export function versionContext(request: Pick<Input, "VersionId" | "VersionStage">): RequestContext {
  const { VersionId: id, VersionStage: stage } = request;
  return {
    ...(id !== undefined && { "secretsmanager:versionid": id }),
    ...((id === undefined || stage !== undefined) && { "secretsmanager:versionstage": stage ?? CURRENT }),
  };
}

/** Decrypts a version and notes the day of the access. */
export function readVersion(
  call: Call,
  secret: SecretRecord,
  request: Pick<Input, "VersionId" | "VersionStage">,
) {
  const versionId = selectVersion(secret, request);
  const value = openValue(call, secret, versionId);
  const { createdAt, stages } = secret.versions[versionId]!;
  noteAccess(call, secret, versionId);
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    ...valueMembers(value),
    ...(stages.length > 0 && { VersionStages: stages }),
    CreatedDate: new Date(createdAt),
  };
}

function selectVersion(secret: SecretRecord, request: Pick<Input, "VersionId" | "VersionStage">): string {
  const { VersionId: id, VersionStage: stage } = request;
  if (id === undefined) {
    const label = stage ?? CURRENT;
    const found = versionWithStage(secret, label);
    if (found === undefined || !secret.versions[found]!.hasValue)
      throw valueNotFound(`staging label: ${label}`);
    return found;
  }
  const version = secret.versions[id];
  if (!version?.hasValue) throw valueNotFound(`VersionId: ${id}`);
  if (stage !== undefined && !version.stages.includes(stage)) {
    throw invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
  }
  return id;
}

/** The record is written once a day, not at every read. */
function noteAccess(call: Call, secret: SecretRecord, versionId: string): void {
  const today = Math.floor(call.clock.now() / DAY_MS) * DAY_MS;
  const version = secret.versions[versionId]!;
  if (secret.accessedAt === today && version.accessedAt === today) return;
  const versions = { ...secret.versions, [versionId]: { ...version, accessedAt: today } };
  putSecret(call.store, { ...secret, accessedAt: today, versions });
}
