import { Operation, ServiceHost } from "../core/operation";
import { Infer, integer, optional, structure } from "../core/shape";
import { Store } from "../core/store";
import { onKey } from "./authorization";
import { invalidState } from "./errors";
import { findOwnKey } from "./find-key";
import * as tables from "./key";
import { KeyRecord } from "./key";
import { requireNotPendingDeletion } from "./key-state";
import * as shapes from "./shapes";

const DAY_MS = 86_400_000;

const scheduleInput = structure({
  KeyId: shapes.keyId(),
  PendingWindowInDays: optional(integer({ min: 7, max: 30 })),
});
const cancelInput = shapes.justKey();

/**
 * A primary key with replicas first waits for them (PendingReplicaDeletion); its own window begins when the last
 * replica is gone.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-delete.html
 */
export const scheduleKeyDeletion: Operation<Infer<typeof scheduleInput>> = {
  name: "ScheduleKeyDeletion",
  input: scheduleInput,
  authorize: (request, call) => [
    onKey(call, "ScheduleKeyDeletion", findOwnKey(call, request.KeyId), {
      "kms:schedulekeydeletionpendingwindowindays": String(request.PendingWindowInDays ?? 30),
    }),
  ],
  run(request, call) {
    const { key } = findOwnKey(call, request.KeyId);
    requireNotPendingDeletion(key);
    const days = request.PendingWindowInDays ?? 30;
    const family = tables.familyOf(call.store, key);
    const answer = { KeyId: key.arn, PendingWindowInDays: days };
    if (family.primaryRegion === key.region && family.replicaRegions.length > 0) {
      tables.putKey(call.store, { ...key, state: "PendingReplicaDeletion", pendingWindowInDays: days });
      return { ...answer, KeyState: "PendingReplicaDeletion" };
    }
    const deletionAt = call.clock.now() + days * DAY_MS;
    tables.putKey(call.store, { ...key, state: "PendingDeletion", pendingWindowInDays: days, deletionAt });
    return { ...answer, DeletionDate: new Date(deletionAt), KeyState: "PendingDeletion" };
  },
};

/** The key is disabled afterwards. */
export const cancelKeyDeletion: Operation<Infer<typeof cancelInput>> = {
  name: "CancelKeyDeletion",
  input: cancelInput,
  authorize: (request, call) => [onKey(call, "CancelKeyDeletion", findOwnKey(call, request.KeyId))],
  run(request, call) {
    const { key } = findOwnKey(call, request.KeyId);
    if (key.state !== "PendingDeletion" && key.state !== "PendingReplicaDeletion") {
      throw invalidState(key.arn, "is not pending deletion.");
    }
    tables.putKey(call.store, {
      ...key,
      state: "Disabled",
      pendingWindowInDays: undefined,
      deletionAt: undefined,
    });
    return { KeyId: key.arn };
  },
};

/** Deletes the keys whose window is over. */
export function deleteDueKeys(host: ServiceHost): void {
  const now = host.clock.now();
  const due = [...tables.keysOf(host.store).values()].filter(
    (key) => key.state === "PendingDeletion" && (key.deletionAt ?? Infinity) <= now,
  );
  for (const key of due) host.store.transaction(() => deleteKey(host.store, key, now));
}

function deleteKey(store: Store, key: KeyRecord, now: number): void {
  for (const alias of tables.aliasesOfKey(store, key)) {
    tables.aliasesOf(store).delete(tables.placeOf(alias.accountId, alias.region, alias.name));
  }
  for (const grant of tables.grantsOfKey(store, key.arn)) tables.grantsOf(store).delete(grant.grantId);
  const keys = tables.keysOf(store);
  keys.delete(tables.placeOf(key.accountId, key.region, key.keyId));
  const family = tables.familyOf(store, key);
  if (family.primaryRegion === key.region) {
    tables.familiesOf(store).delete(key.keyId);
    return;
  }
  const replicaRegions = family.replicaRegions.filter((region) => region !== key.region);
  tables.putFamily(store, { ...family, replicaRegions });
  const primary = keys.get(tables.placeOf(key.accountId, family.primaryRegion, key.keyId));
  if (replicaRegions.length > 0 || primary?.state !== "PendingReplicaDeletion") return;
  const deletionAt = now + (primary.pendingWindowInDays ?? 30) * DAY_MS;
  tables.putKey(store, { ...primary, state: "PendingDeletion", deletionAt });
}
