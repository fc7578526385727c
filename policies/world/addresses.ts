import { symbolFor } from "../../iam/proof";
import { accountOf, regionOf } from "../stack/location";
import { knownPlaceOf, partitionOf } from "../stack/place";
import { input, label, Resource, types } from "../stack/resource";
import { readBoolean, readString } from "../stack/tri-state";

/** The name of a resource, with a symbol for what AWS or the engine has yet to choose. */
export function nameOf(resource: Resource): string {
  const name = readString(resource.props, "name");
  if (name.state === "known") return name.value;
  const prefix = input(resource, readString, "namePrefix");
  const shape = prefix.state === "known" ? `${prefix.value}*` : "*";
  return symbolFor({ of: `name of ${label(resource)}`, shape });
}

/**
 * ARN of a secret in one Region: AWS ends it with six characters of its own, the same in every Region.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
export function secretArn(secret: Resource, region: string): string | undefined {
  const own = readString(secret.props, "arn");
  if (own.state === "known") return inRegion(own.value, region);
  const place = knownPlaceOf(secret);
  if (place === undefined) return undefined;
  const name = nameOf(secret);
  const suffix = symbolFor({ of: `suffix of ${label(secret)}`, shape: "??????" });
  return `arn:${place.partition}:secretsmanager:${region}:${place.accountId}:secret:${name}-${suffix}`;
}

/** The same ARN in another Region. */
export function inRegion(arn: string, region: string): string {
  const parts = arn.split(":");
  return [...parts.slice(0, 3), region, ...parts.slice(4)].join(":");
}

/** ARN of a role, a user, a group or a managed policy; undefined while its account is not known. */
export function principalArn(principal: Resource): string | undefined {
  const own = readString(principal.props, "arn");
  if (own.state === "known") return own.value;
  const account = accountOf(principal);
  if (account.state !== "known") return undefined;
  const kind = KINDS.get(principal.type) ?? "role";
  const path = input(principal, readString, "path");
  const region = regionOf(principal);
  const partition = region.state === "known" ? partitionOf(region.value) : "aws";
  const folder = path.state === "known" ? path.value : "/";
  return `arn:${partition}:iam::${account.value}:${kind}${folder}${nameOf(principal)}`;
}

const KINDS: ReadonlyMap<string, string> = new Map([
  [types.user, "user"],
  [types.group, "group"],
  [types.policy, "policy"],
]);

/**
 * ARN of a key. Keys of one multi-Region family have one id.
 *
 * @param primary the key that a replica is one of, where it is known
 */
export function keyArn(key: Resource, primary: Resource = key): string | undefined {
  const own = readString(key.props, "arn");
  if (own.state === "known") return own.value;
  const place = knownPlaceOf(key);
  if (place === undefined) return undefined;
  const shared = readString(primary.props, "keyId");
  const id = symbolFor({ of: `id of ${label(primary)}`, shape: "*" });
  const keyId = shared.state === "known" ? shared.value : isMultiRegion(key) ? `mrk-${id}` : id;
  return `arn:${place.partition}:kms:${place.region}:${place.accountId}:key/${keyId}`;
}

/** Whether a key is one of several Regions. */
export function isMultiRegion(key: Resource): boolean {
  const multiRegion = input(key, readBoolean, "multiRegion");
  return key.type === types.replicaKey || (multiRegion.state === "known" && multiRegion.value);
}

/** ARN of a function, without a version. */
export function functionArn(lambda: Resource): string | undefined {
  const own = readString(lambda.props, "arn");
  if (own.state === "known") return own.value;
  const place = knownPlaceOf(lambda);
  if (place === undefined) return undefined;
  return `arn:${place.partition}:lambda:${place.region}:${place.accountId}:function:${nameOf(lambda)}`;
}
