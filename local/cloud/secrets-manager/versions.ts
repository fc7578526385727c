import { ApiError } from "../core/api-error";
import { Call } from "../core/operation";
import { invalidRequest, tokenInUse } from "./errors";
import { SecretRecord, VersionRecord } from "./secret";
import { deleteValue, isSameValue, openValue, SecretValue, writeValue } from "./secret-value";
import { attachStages, CURRENT, moveStage, PENDING, PREVIOUS } from "./stages";

const DAY_MS = 86_400_000;
const MAX_VERSIONS = 100;

/** What a write asks for. */
export interface NewVersion {
  readonly versionId: string;
  readonly value: SecretValue;
  /** Absent: AWSCURRENT, and the version it leaves loses AWSPENDING too. */
  readonly stages?: readonly string[];
  readonly byRotationFunction?: boolean;
}

/** @throws ApiError InvalidRequestException: SDKs always send a token, and AWS insists before it looks up the secret */
export function requireToken(token: string | undefined): string {
  if (token !== undefined) return token;
  throw invalidRequest("You must provide a ClientRequestToken value. We recommend a UUID-type value.");
}

/**
 * Whether the token's version already has this very value, so that there is nothing to do.
 *
 * @throws ApiError ResourceExistsException when the version has another value
 */
export function isRepeated(call: Call, secret: SecretRecord, wanted: NewVersion): boolean {
  const version = secret.versions[wanted.versionId];
  if (!version?.hasValue) return false;
  if (isSameValue(openValue(call, secret, wanted.versionId), wanted.value)) return true;
  throw tokenInUse(wanted.versionId, secret.arn);
}

/** The secret with the new version, whose value is stored; the secret itself is not. */
export function addVersion(call: Call, secret: SecretRecord, wanted: NewVersion): SecretRecord {
  const now = call.clock.now();
  writeValue(call, secret, wanted.versionId, wanted.value);
  const placeholder = secret.versions[wanted.versionId];
  const isFirst = Object.keys(secret.versions).length === 0;
  const version: VersionRecord = {
    createdAt: now,
    stages: placeholder?.stages ?? [],
    hasValue: true,
    ...(wanted.byRotationFunction && { byRotationFunction: true }),
  };
  const versions = label({ ...secret.versions, [wanted.versionId]: version }, wanted, isFirst);
  return prune(call, { ...secret, versions, changedAt: now });
}

function label(versions: SecretRecord["versions"], wanted: NewVersion, isFirst: boolean) {
  const { versionId, stages } = wanted;
  if (stages !== undefined) {
    return attachStages(versions, versionId, isFirst ? [...new Set([CURRENT, ...stages])] : stages);
  }
  const labelled = attachStages(versions, versionId, [CURRENT]);
  const previous = Object.keys(labelled).find((id) => labelled[id]!.stages.includes(PREVIOUS));
  return previous !== undefined && labelled[previous]!.stages.includes(PENDING)
    ? moveStage(labelled, PENDING, undefined)
    : labelled;
}

/**
 * Keeps about 100 versions: those without labels go, oldest first, once they are a day old.
 *
 * @throws ApiError LimitExceededException when too many are too young to go
 */
function prune(call: Call, secret: SecretRecord): SecretRecord {
  const ids = Object.keys(secret.versions);
  if (ids.length <= MAX_VERSIONS) return secret;
  const youngest = call.clock.now() - DAY_MS;
  const removable = ids
    .filter((id) => secret.versions[id]!.stages.length === 0 && secret.versions[id]!.createdAt < youngest)
    .sort((a, b) => secret.versions[a]!.createdAt - secret.versions[b]!.createdAt)
    .slice(0, ids.length - MAX_VERSIONS);
  if (ids.length - removable.length > MAX_VERSIONS) {
    throw new ApiError(
      "LimitExceededException",
      "You've reached the maximum number of versions for this secret. Secrets Manager removes versions without labels that are older than 24 hours.",
    );
  }
  for (const id of removable) deleteValue(call.store, secret.arn, id);
  const kept = Object.entries(secret.versions).filter(([id]) => !removable.includes(id));
  return { ...secret, versions: Object.fromEntries(kept) };
}
