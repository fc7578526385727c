import { ApiError } from "../core/api-error";
import { Call, Operation } from "../core/operation";
import { Infer, optional, structure } from "../core/shape";
import { isRegion } from "../regions";
import { KEY_FORM, onAnything, onKey, requestTagContext } from "./authorization";
import { invalidState, unsupported } from "./errors";
import { findOwnKey } from "./find-key";
import { familyOf, keyArn, KeyRecord, keysOf, placeOf, putFamily, putKey } from "./key";
import { keyMetadata } from "./key-metadata";
import { defaultKeyPolicy, requireNoLockout, requireValidKeyPolicy } from "./key-policy";
import { requireEnabled } from "./key-state";
import * as shapes from "./shapes";
import { readTags } from "./tags";

const input = structure({
  KeyId: shapes.keyId(),
  ReplicaRegion: shapes.region(),
  Policy: optional(shapes.policyText()),
  BypassPolicyLockoutSafetyCheck: shapes.bypassLockoutCheck(),
  Description: optional(shapes.description()),
  Tags: optional(shapes.tags()),
});

type Input = Infer<typeof input>;

/**
 * Answers with state Creating, as AWS does; the replica can be used at once here, within minutes there.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html
 */
export const replicateKey: Operation<Input> = {
  name: "ReplicateKey",
  input,
  authorize(request, call) {
    const tags = requestTagContext(readTags(request.Tags));
    const inReplicaRegion = {
      ...KEY_FORM,
      ...tags,
      "kms:multiregion": "true",
      "aws:requestedregion": request.ReplicaRegion,
    };
    const replicate = onKey(call, "ReplicateKey", findOwnKey(call, request.KeyId), {
      "kms:replicaregion": request.ReplicaRegion,
    });
    const create = onAnything(call, "CreateKey", inReplicaRegion);
    return request.Tags?.length
      ? [replicate, create, onAnything(call, "TagResource", inReplicaRegion)]
      : [replicate, create];
  },
  run(request, call) {
    const { key } = findOwnKey(call, request.KeyId);
    requireReplicable(call, key, request.ReplicaRegion);
    if (request.Policy !== undefined) requireValidKeyPolicy(call, request.Policy);
    const replica = makeReplica(call, key, request);
    if (request.Policy !== undefined && request.BypassPolicyLockoutSafetyCheck !== true) {
      requireNoLockout(call, replica, request.Policy);
    }
    return {
      ReplicaKeyMetadata: { ...keyMetadata(call, replica), KeyState: "Creating", Enabled: false },
      ReplicaPolicy: replica.policy,
      ReplicaTags: request.Tags ?? [],
    };
  },
};

function requireReplicable(call: Call, key: KeyRecord, region: string): void {
  if (!key.multiRegion) throw unsupported(`${key.arn} is not a multi-Region key.`);
  requireEnabled(key);
  if (familyOf(call.store, key).primaryRegion !== key.region) {
    throw unsupported(`${key.arn} is not a multi-Region primary key.`);
  }
  if (!isRegion(region)) throw new ApiError("ValidationException", `Invalid ReplicaRegion ${region}`);
  const arn = keyArn(call.partition, region, key.accountId, key.keyId);
  if (keysOf(call.store).has(placeOf(key.accountId, region, key.keyId))) {
    throw new ApiError("AlreadyExistsException", `${arn} already exists.`);
  }
}

function makeReplica(call: Call, key: KeyRecord, request: Input): KeyRecord {
  const region = request.ReplicaRegion;
  const family = familyOf(call.store, key);
  putFamily(call.store, { ...family, replicaRegions: [...family.replicaRegions, region] });
  const replica: KeyRecord = {
    ...key,
    region,
    arn: keyArn(call.partition, region, key.accountId, key.keyId),
    description: request.Description ?? "",
    policy: request.Policy ?? defaultKeyPolicy(call.partition, key.accountId),
    tags: readTags(request.Tags),
    createdAt: call.clock.now(),
  };
  putKey(call.store, replica);
  return replica;
}

const primaryInput = structure({ KeyId: shapes.keyId(), PrimaryRegion: shapes.region() });

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html */
export const updatePrimaryRegion: Operation<Infer<typeof primaryInput>> = {
  name: "UpdatePrimaryRegion",
  input: primaryInput,
  authorize(request, call) {
    const found = findOwnKey(call, request.KeyId);
    const { key } = found;
    const replica = keysOf(call.store).get(placeOf(key.accountId, request.PrimaryRegion, key.keyId));
    const context = { "kms:primaryregion": request.PrimaryRegion };
    const onPrimary = onKey(call, "UpdatePrimaryRegion", found, context);
    return replica ? [onPrimary, onKey(call, "UpdatePrimaryRegion", { key: replica }, context)] : [onPrimary];
  },
  run(request, call) {
    const { key } = findOwnKey(call, request.KeyId);
    if (!key.multiRegion) throw unsupported(`${key.arn} is not a multi-Region key.`);
    requireEnabled(key);
    const family = familyOf(call.store, key);
    if (family.primaryRegion !== key.region)
      throw unsupported(`${key.arn} is not a multi-Region primary key.`);
    const arn = keyArn(call.partition, request.PrimaryRegion, key.accountId, key.keyId);
    if (!family.replicaRegions.includes(request.PrimaryRegion))
      throw invalidState(arn, "is not a replica key.");
    const others = family.replicaRegions.filter((region) => region !== request.PrimaryRegion);
    putFamily(call.store, {
      ...family,
      primaryRegion: request.PrimaryRegion,
      replicaRegions: [...others, family.primaryRegion],
    });
    return {};
  },
};
