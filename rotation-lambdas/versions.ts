import { RotationError } from "./rotation-error";
import { TimeBudget } from "./time-budget";

/** The part of Secrets Manager that a rotation needs. Every call is one request; none is retried here. */
export interface SecretVersions {
  /** DescribeSecret. */
  describe(secretId: string): Promise<SecretDescription>;
  /**
   * GetSecretValue. `absent` is ResourceNotFoundException and nothing else: there is no such version or it has no value.
   * @throws RotationError for every other failure, among them throttling, which must never look like absence
   */
  read(secretId: string, which: VersionSelector): Promise<SecretValue | "absent">;
  /**
   * PutSecretValue with ClientRequestToken = `token` and the stage AWSPENDING.
   * `exists` is ResourceExistsException: the token already holds another value.
   */
  putPending(put: PendingValue): Promise<"stored" | "exists">;
  /**
   * Whether `moveCurrent` would be allowed, asked by a call that the service refuses on other grounds.
   * @throws RotationError `permission`
   */
  checkMayMove(secretId: string, token: string): Promise<void>;
  /**
   * Whether `putPending` would be allowed, asked by a call that can only be refused, because the version has a value.
   * @throws RotationError `permission`
   */
  checkMayPut?(secretId: string, versionId: string): Promise<void>;
  /**
   * UpdateSecretVersionStage of AWSCURRENT. `stale` when `from` no longer holds the stage.
   */
  moveCurrent(secretId: string, to: string, from: string | undefined): Promise<"moved" | "stale">;
}

export type VersionSelector = { readonly versionId: string } | { readonly stage: string };

export interface SecretValue {
  readonly versionId: string;
  /** Absent when the secret is binary. */
  readonly text?: string;
}

export interface SecretDescription {
  readonly arn: string;
  /** Absent when the service does not say. */
  readonly rotationEnabled?: boolean;
  readonly stages: ReadonlyMap<string, readonly string[]>;
}

export interface PendingValue {
  readonly secretId: string;
  readonly token: string;
  readonly text: string;
  /** From the event; proves to the service that the caller is the rotation function. */
  readonly rotationToken?: string;
}

/** The version that holds `stage`. */
export function versionWithStage(description: SecretDescription, stage: string): string | undefined {
  for (const [versionId, stages] of description.stages) if (stages.includes(stage)) return versionId;
  return undefined;
}

/**
 * The version-stage guards of AWS's contract. A description that does not know the token yet may be stale.
 *
 * @throws RotationError `conflict` when `token` is not the version that is being made, nor AWSCURRENT already
 */
export async function describeRotation(
  versions: SecretVersions,
  secretId: string,
  token: string,
  budget: TimeBudget,
): Promise<SecretDescription> {
  const description = await settle(
    budget,
    () => versions.describe(secretId),
    (answer) => answer.stages.has(token),
  );
  const stages = description.stages.get(token);
  if (description.rotationEnabled === false) throw new RotationError("conflict", "rotation is not enabled");
  if (!stages) throw new RotationError("conflict", `the secret has no version ${token}`);
  if (!stages.includes("AWSCURRENT") && !stages.includes("AWSPENDING")) {
    throw new RotationError("conflict", `version ${token} is not staged AWSPENDING`);
  }
  return description;
}

/** Pauses between reads that find nothing yet; Secrets Manager is eventually consistent. Milliseconds. */
export const staleReadPausesMs: readonly number[] = [100, 300, 900];

/**
 * Reads a version by its id, again for a while when it is not there yet.
 * A read by the stage AWSPENDING would be served stale more often, and could return a foreign version.
 */
export async function readPending(
  versions: SecretVersions,
  secretId: string,
  token: string,
  budget: TimeBudget,
): Promise<string | "absent"> {
  return settle(
    budget,
    async () => {
      const value = await versions.read(secretId, { versionId: token });
      return value === "absent" ? value : textOf(value, "pending");
    },
    (text) => text !== "absent",
  );
}

/** Repeats a read until `isFresh`, the pauses are used up or the budget is; returns the last answer. */
export async function settle<T>(
  budget: TimeBudget,
  read: () => Promise<T>,
  isFresh: (answer: T) => boolean,
): Promise<T> {
  let answer = await read();
  for (const ms of staleReadPausesMs) {
    if (isFresh(answer) || !(await budget.pause(ms))) return answer;
    answer = await read();
  }
  return answer;
}

/** @throws RotationError `invalid-secret` for a binary value */
export function textOf(value: SecretValue, what: string): string {
  if (value.text === undefined)
    throw new RotationError("invalid-secret", `the ${what} value is binary, not text`);
  return value.text;
}
