import { RequestContext } from "../../../iam";
import { attachedText } from "../core/compiled-policies";
import { Authorization, Call } from "../core/operation";
import { lookUp } from "./find-secret";
import { SecretRecord } from "./secret";

/** What a caller needs for an action on the secret that a request names, whether or not it exists. */
export function onSecret(
  call: Call,
  action: string,
  secretId: string,
  extra: RequestContext = {},
): Authorization {
  const { secret, arn, accountId } = lookUp(call, secretId);
  if (secret) return onFoundSecret(action, secret, extra);
  return {
    action: `secretsmanager:${action}`,
    resource: { arn, accountId },
    context: { "secretsmanager:secretid": arn, ...extra },
  };
}

export function onFoundSecret(
  action: string,
  secret: SecretRecord,
  extra: RequestContext = {},
): Authorization {
  return {
    action: `secretsmanager:${action}`,
    resource: { arn: secret.arn, accountId: secret.accountId },
    ...(secret.policy !== undefined && {
      resourcePolicy: attachedText(`resource policy of secret ${secret.name}`, secret.policy),
    }),
    context: { ...secretContext(secret), ...extra },
  };
}

/** What a caller needs for an action that is about no secret in particular. */
export function onAnySecret(call: Call, action: string): Authorization {
  return { action: `secretsmanager:${action}`, resource: { arn: "*", accountId: call.accountId } };
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
function secretContext(secret: SecretRecord): RequestContext {
  const tags = Object.entries(secret.tags ?? {}).flatMap(([key, value]) => [
    [`aws:resourcetag/${key.toLowerCase()}`, value],
    [`secretsmanager:resourcetag/${key.toLowerCase()}`, value],
  ]);
  return {
    "secretsmanager:secretid": secret.arn,
    ...(secret.rotation?.lambdaArn !== undefined && {
      "secretsmanager:resource/allowrotationlambdaarn": secret.rotation.lambdaArn,
    }),
    ...(secret.type !== undefined && { "secretsmanager:resource/type": secret.type }),
    ...(secret.primaryRegion !== undefined && { "secretsmanager:secretprimaryregion": secret.primaryRegion }),
    ...Object.fromEntries(tags),
  };
}

/** Condition keys of tags in the request. */
export function requestTagContext(tags: Readonly<Record<string, string>>): RequestContext {
  const pairs = Object.entries(tags);
  if (pairs.length === 0) return {};
  return {
    "aws:tagkeys": pairs.map(([key]) => key),
    ...Object.fromEntries(pairs.map(([key, value]) => [`aws:requesttag/${key.toLowerCase()}`, value])),
  };
}

/** Condition keys of a KMS key in the request. */
export function kmsKeyContext(kmsKeyId: string | undefined): RequestContext {
  if (kmsKeyId === undefined || kmsKeyId === "") return {};
  return {
    "secretsmanager:kmskeyid": kmsKeyId,
    ...(kmsKeyId.startsWith("arn:") && { "secretsmanager:kmskeyarn": kmsKeyId }),
  };
}

/** Condition keys of replica Regions in the request. */
export function replicaContext(
  regions: readonly { readonly Region?: string }[] | undefined,
  isForced: boolean | undefined,
): RequestContext {
  return {
    ...(regions?.length && {
      "secretsmanager:addreplicaregions": regions.flatMap(({ Region }) => Region ?? []),
    }),
    ...(isForced !== undefined && { "secretsmanager:forceoverwritereplicasecret": String(isForced) }),
  };
}
