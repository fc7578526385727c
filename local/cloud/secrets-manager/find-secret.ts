import { Call } from "../core/operation";
import { markedForDeletion, replicaIsReadOnly, secretNotFound } from "./errors";
import { isReplica, secretArn, secretAt, SecretRecord } from "./secret";

/** A secret as a request named it. */
export type NamedSecret =
  | { readonly secret: SecretRecord; readonly arn: string; readonly accountId: string }
  | { readonly secret: undefined; readonly arn: string; readonly accountId: string };

const ARN = /^arn:[a-z-]+:secretsmanager:([a-z0-9-]+):(\d{12}):secret:(.+)$/;
const SUFFIX = /-[A-Za-z0-9]{6}$/;

/**
 * Finds the secret of a name, a complete ARN or, within its own account, a partial ARN (without the last hyphen and
 * six characters). For a secret that is not there `arn` is what the request would address, with the six characters
 * written as `??????`.
 */
export function lookUp(call: Call, secretId: string): NamedSecret {
  const [, region, accountId, resource] = ARN.exec(secretId) ?? [];
  if (!region || !accountId || !resource) return lookUpName(call, secretId);
  const absent = { secret: undefined, arn: secretId, accountId };
  if (region !== call.region) return absent;
  const byArn = secretAt(call.store, accountId, region, resource.replace(SUFFIX, ""));
  if (byArn?.arn === secretId) return { secret: byArn, arn: byArn.arn, accountId };
  const byPartialArn = accountId === call.accountId && secretAt(call.store, accountId, region, resource);
  return byPartialArn ? { secret: byPartialArn, arn: byPartialArn.arn, accountId } : absent;
}

function lookUpName(call: Call, name: string): NamedSecret {
  const { accountId } = call;
  const secret = secretAt(call.store, accountId, call.region, name);
  return {
    secret,
    arn: secret?.arn ?? secretArn(call, accountId, `${name}-??????`),
    accountId,
  } as NamedSecret;
}

/** @throws ApiError ResourceNotFoundException */
export function findSecret(call: Call, secretId: string): SecretRecord {
  const { secret } = lookUp(call, secretId);
  if (!secret) throw secretNotFound();
  return secret;
}

/** @throws ApiError ResourceNotFoundException, InvalidRequestException when it is marked for deletion */
export function findLiveSecret(call: Call, secretId: string): SecretRecord {
  const secret = findSecret(call, secretId);
  if (secret.deletionAt !== undefined) throw markedForDeletion();
  return secret;
}

/** As {@link findLiveSecret}, and InvalidParameterException for a replica. */
export function findWritableSecret(call: Call, secretId: string): SecretRecord {
  const secret = findLiveSecret(call, secretId);
  if (isReplica(secret)) throw replicaIsReadOnly();
  return secret;
}
