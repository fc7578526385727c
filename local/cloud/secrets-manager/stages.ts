import { ApiError } from "../core/api-error";
import { SecretRecord, VersionRecord } from "./secret";

export const CURRENT = "AWSCURRENT";
export const PREVIOUS = "AWSPREVIOUS";
export const PENDING = "AWSPENDING";

const MAX_STAGES = 20;

type Versions = SecretRecord["versions"];

/**
 * Puts labels on a version; each is taken off the version that had it. When AWSCURRENT moves, AWSPREVIOUS goes to the
 * version it leaves.
 *
 * @throws ApiError LimitExceededException over 20 labels on a version
 */
export function attachStages(versions: Versions, versionId: string, stages: readonly string[]): Versions {
  const before = holderOf(versions, CURRENT);
  let moved = stages.reduce((state, stage) => moveStage(state, stage, versionId), versions);
  if (stages.includes(CURRENT) && before !== undefined && before !== versionId) {
    moved = moveStage(moved, PREVIOUS, before);
  }
  return withinLimit(moved);
}

/** Puts a label on a version, or on none, and takes it off all others. */
export function moveStage(versions: Versions, stage: string, target: string | undefined): Versions {
  const entries = Object.entries(versions).map(([id, version]): [string, VersionRecord] => {
    const has = version.stages.includes(stage);
    if (id === target) return [id, has ? version : { ...version, stages: [...version.stages, stage] }];
    return [id, has ? { ...version, stages: version.stages.filter((one) => one !== stage) } : version];
  });
  return Object.fromEntries(entries);
}

export function holderOf(versions: Versions, stage: string): string | undefined {
  return Object.keys(versions).find((id) => versions[id]!.stages.includes(stage));
}

function withinLimit(versions: Versions): Versions {
  if (Object.values(versions).every(({ stages }) => stages.length <= MAX_STAGES)) return versions;
  throw new ApiError(
    "LimitExceededException",
    `You can't attach more than ${MAX_STAGES} staging labels to a version of a secret.`,
  );
}
