import { ApiError } from "../core/api-error";
import { invalidState } from "./errors";
import { KeyRecord, KeyState } from "./key";

const REFUSALS: Readonly<Record<KeyState, ((key: KeyRecord) => ApiError) | undefined>> = {
  Enabled: undefined,
  Disabled: (key) => new ApiError("DisabledException", `${key.arn} is disabled.`),
  PendingDeletion: (key) => invalidState(key.arn, "is pending deletion."),
  PendingReplicaDeletion: (key) => invalidState(key.arn, "is pending replica deletion."),
};

/** @throws ApiError DisabledException or KMSInvalidStateException unless the key can be used */
export function requireEnabled(key: KeyRecord): void {
  const refusal = REFUSALS[key.state];
  if (refusal) throw refusal(key);
}

/** @throws ApiError KMSInvalidStateException when the key waits for its deletion */
export function requireNotPendingDeletion(key: KeyRecord): void {
  if (key.state !== "Disabled") requireEnabled(key);
}
