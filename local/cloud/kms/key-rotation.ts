import { Call, Operation, ServiceHost } from "../core/operation";
import { Infer, integer, optional, structure } from "../core/shape";
import { onKey } from "./authorization";
import { unsupported } from "./errors";
import { findKeyWithoutAlias, findOwnKey } from "./find-key";
import { familiesOf, familyOf, KeyFamily, KeyRecord, putFamily } from "./key";
import { newMaterial } from "./key-material";
import { requireEnabled, requireNotPendingDeletion } from "./key-state";
import { justKey, keyId } from "./shapes";

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 365;

const enableInput = structure({
  KeyId: keyId(),
  RotationPeriodInDays: optional(integer({ min: 90, max: 2560 })),
});
const keyInput = justKey();

/** Rotation is the primary key's to change and holds in each Region. */
function primaryFamily(call: Call, key: KeyRecord): KeyFamily {
  const family = familyOf(call.store, key);
  if (family.primaryRegion === key.region) return family;
  throw unsupported(`You cannot perform this operation on a multi-Region replica key: ${key.arn}`);
}

export const enableKeyRotation: Operation<Infer<typeof enableInput>> = {
  name: "EnableKeyRotation",
  input: enableInput,
  authorize: (input, call) => [
    onKey(call, "EnableKeyRotation", findOwnKey(call, input.KeyId), {
      ...(input.RotationPeriodInDays !== undefined && {
        "kms:rotationperiodindays": String(input.RotationPeriodInDays),
      }),
    }),
  ],
  run(input, call) {
    const { key } = findOwnKey(call, input.KeyId);
    requireEnabled(key);
    const family = primaryFamily(call, key);
    const periodInDays = input.RotationPeriodInDays ?? family.rotation?.periodInDays ?? DEFAULT_DAYS;
    const nextAt = call.clock.now() + periodInDays * DAY_MS;
    putFamily(call.store, { ...family, rotation: { periodInDays, nextAt } });
    return {};
  },
};

export const disableKeyRotation: Operation<Infer<typeof keyInput>> = {
  name: "DisableKeyRotation",
  input: keyInput,
  authorize: (input, call) => [onKey(call, "DisableKeyRotation", findOwnKey(call, input.KeyId))],
  run(input, call) {
    const { key } = findOwnKey(call, input.KeyId);
    requireEnabled(key);
    putFamily(call.store, { ...primaryFamily(call, key), rotation: undefined });
    return {};
  },
};

export const getKeyRotationStatus: Operation<Infer<typeof keyInput>> = {
  name: "GetKeyRotationStatus",
  input: keyInput,
  authorize: (input, call) => [onKey(call, "GetKeyRotationStatus", findKeyWithoutAlias(call, input.KeyId))],
  run(input, call) {
    const { key } = findKeyWithoutAlias(call, input.KeyId);
    requireNotPendingDeletion(key);
    const { rotation } = familyOf(call.store, key);
    return {
      KeyId: key.arn,
      KeyRotationEnabled: rotation !== undefined,
      ...(rotation && {
        RotationPeriodInDays: rotation.periodInDays,
        NextRotationDate: new Date(rotation.nextAt),
      }),
    };
  },
  trail: { readOnly: true },
};

/** Gives new material to the keys whose rotation is due; what was encrypted stays readable. */
export function rotateDueKeys(host: ServiceHost): void {
  const now = host.clock.now();
  for (const family of [...familiesOf(host.store).values()]) {
    const { rotation } = family;
    if (!rotation || rotation.nextAt > now) continue;
    host.store.transaction(() =>
      putFamily(host.store, {
        ...family,
        materials: [...family.materials, newMaterial(host)],
        rotation: { ...rotation, nextAt: now + rotation.periodInDays * DAY_MS },
      }),
    );
  }
}
