import { KmsGrant } from "../../../iam";
import { Authorization, Call } from "../core/operation";
import { attachedText } from "../core/compiled-policies";
import { EncryptionContext } from "./ciphertext";
import { effectiveKeyPolicy } from "./key-policy-syntax";
import { FoundKey } from "./find-key";
import { aliasesOfKey, familyOf, GrantRecord, grantsOfKey, KeyRecord } from "./key";

type Context = Readonly<Record<string, string | readonly string[]>>;

/** What a caller needs for an action on a key, with the key's policy and grants. */
export function onKey(call: Call, action: string, found: FoundKey, extra: Context = {}): Authorization {
  const { key, requestAlias } = found;
  return {
    action: `kms:${action}`,
    resource: { arn: key.arn, accountId: key.accountId },
    ...(key.manager === "AWS" && { isAwsManaged: true as const }),
    resourcePolicy: attachedText(`key policy of ${key.keyId}`, effectiveKeyPolicy(key.policy)),
    grants: grantsOfKey(call.store, key.arn).map(asKmsGrant),
    context: {
      ...keyContext(call, key),
      ...(requestAlias === undefined ? {} : { "kms:requestalias": requestAlias }),
      ...extra,
    },
  };
}

/** What a caller needs for an action that is about no key in particular. */
export function onAnything(call: Call, action: string, extra: Context = {}): Authorization {
  const context = { ...callerContext(call), ...extra };
  return { action: `kms:${action}`, resource: { arn: "*", accountId: call.accountId }, context };
}

/** Condition keys that describe the key. @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
export function keyContext(call: Call, key: KeyRecord): Context {
  const aliases = aliasesOfKey(call.store, key).map((alias) => alias.name);
  const family = key.multiRegion ? familyOf(call.store, key) : undefined;
  const tags = Object.entries(key.tags).map(([name, value]) => [
    `aws:resourcetag/${name.toLowerCase()}`,
    value,
  ]);
  return {
    ...callerContext(call),
    ...KEY_FORM,
    "kms:multiregion": String(key.multiRegion),
    ...(family && {
      "kms:multiregionkeytype": family.primaryRegion === key.region ? "PRIMARY" : "REPLICA",
      "kms:primaryregion": family.primaryRegion,
    }),
    ...(aliases.length > 0 && { "kms:resourcealiases": aliases }),
    ...Object.fromEntries(tags),
  };
}

/** Condition keys of the only form of key there is here. */
export const KEY_FORM = {
  "kms:keyspec": "SYMMETRIC_DEFAULT",
  "kms:keyusage": "ENCRYPT_DECRYPT",
  "kms:keyorigin": "AWS_KMS",
} as const;

/** Condition keys of a cryptographic operation. */
export function cryptographicContext(context: EncryptionContext | undefined): Context {
  const pairs = Object.entries(context ?? {});
  return {
    "kms:encryptionalgorithm": "SYMMETRIC_DEFAULT",
    ...Object.fromEntries(
      pairs.map(([name, value]) => [`kms:encryptioncontext:${name.toLowerCase()}`, value]),
    ),
    ...(pairs.length > 0 && { "kms:encryptioncontextkeys": pairs.map(([name]) => name) }),
  };
}

/** Condition keys of tags in the request. */
export function requestTagContext(tags: Readonly<Record<string, string>>): Context {
  const pairs = Object.entries(tags);
  if (pairs.length === 0) return {};
  return {
    "aws:tagkeys": pairs.map(([name]) => name),
    ...Object.fromEntries(pairs.map(([name, value]) => [`aws:requesttag/${name.toLowerCase()}`, value])),
  };
}

function callerContext(call: Call): Context {
  return {
    ...(call.accountId !== "" && { "kms:calleraccount": call.accountId }),
    ...(call.viaService !== undefined && {
      "kms:viaservice": `${call.viaService}.${call.region}.amazonaws.com`,
    }),
  };
}

function asKmsGrant(grant: GrantRecord): KmsGrant {
  return {
    grantId: grant.grantId,
    granteePrincipal: grant.granteePrincipal,
    operations: grant.operations,
    encryptionContextSubset: grant.constraints?.EncryptionContextSubset,
    encryptionContextEquals: grant.constraints?.EncryptionContextEquals,
  };
}
