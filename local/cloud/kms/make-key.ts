import { randomBytes, randomUUID } from "crypto";
import { Call } from "../core/operation";
import { keyArn, KeyRecord, putFamily, putKey } from "./key";
import { newMaterial } from "./key-material";

/** What differs between new keys. */
export interface NewKey {
  readonly manager?: "CUSTOMER" | "AWS";
  readonly description?: string;
  readonly multiRegion?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  policy(key: Pick<KeyRecord, "accountId" | "region" | "arn">): string;
}

/** Makes a symmetric key in the caller's account and Region; `policy` gets the key's place and must return its text. */
export function makeKey(call: Call, wanted: NewKey): KeyRecord {
  const { accountId, region } = call;
  const keyId = wanted.multiRegion ? `mrk-${randomBytes(16).toString("hex")}` : randomUUID();
  const arn = keyArn(call.partition, region, accountId, keyId);
  const key: KeyRecord = {
    keyId,
    accountId,
    region,
    arn,
    manager: wanted.manager ?? "CUSTOMER",
    multiRegion: wanted.multiRegion ?? false,
    state: "Enabled",
    description: wanted.description ?? "",
    policy: wanted.policy({ accountId, region, arn }),
    tags: wanted.tags ?? {},
    createdAt: call.clock.now(),
  };
  putKey(call.store, key);
  putFamily(call.store, {
    keyId,
    accountId,
    primaryRegion: region,
    replicaRegions: [],
    materials: [newMaterial(call)],
  });
  return key;
}
