import { compilePolicy } from "../compiled-policy";
import { AttachedPolicy } from "../decision";
import { Frame } from "./frame";
import { KeyDomain, KeyValue, Route, textDomain, VERSION_GROUP } from "./key-domain";
import { parametersOf } from "./parameters";
import { symbolFor } from "./symbol";
import { Key, SecretCopy } from "./world";
import { WorldIndex } from "./world-index";

const VERSION_ID = textDomain("kms:encryptioncontext:secretversionid", {
  group: VERSION_GROUP,
  universe: `${"?".repeat(32)}*`,
  others: "0123456789abcdef",
  mayBeAbsent: false,
});
const FORWARDED_FREE: ReadonlyMap<string, KeyDomain> = new Map([
  ["kms:encryptioncontext:secretversionid", VERSION_ID],
]);

/** A request of Secrets Manager's about the secret in its Region. */
export function secretFrame(operation: string, copy: SecretCopy, index: WorldIndex): Frame {
  const { arn, accountId, region } = copy;
  const rcps = index.account(accountId)?.rcps;
  return {
    action: `secretsmanager:${operation}`,
    route: "direct",
    region,
    resource: { arn, accountId },
    fixed: secretKeys(copy, index, operation),
    free: parametersOf(operation),
    ...(copy.policy && { policy: copy.policy }),
    ...(rcps && { rcps }),
  };
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
function secretKeys(copy: SecretCopy, index: WorldIndex, operation: string): ReadonlyMap<string, KeyValue> {
  const { arn, accountId, region, tags, rotationFunction, primaryRegion } = copy;
  return new Map<string, KeyValue>([
    ...resourceKeys(accountId, region, tags, index),
    ...Object.entries(tags).map(([key, value]): [string, string] => [
      `secretsmanager:resourcetag/${key.toLowerCase()}`,
      value,
    ]),
    ["secretsmanager:secretid", arn],
    ["secretsmanager:resource/allowrotationlambdaarn", rotationFunction],
    ["secretsmanager:secretprimaryregion", primaryRegion],
    ...(operation === "RotateSecret"
      ? [["secretsmanager:rotationlambdaarn", rotationFunction] as const]
      : []),
  ]);
}

/**
 * A request of KMS about the key of the secret: from the caller, or from Secrets Manager for the caller, with what KMS
 * is told then.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function keyFrame(operation: string, route: Route, copy: SecretCopy, index: WorldIndex): Frame {
  const key = index.key(copy);
  const found = key ?? managedKey(copy, index);
  const rcps = key === undefined ? undefined : index.account(found.accountId)?.rcps;
  const forwarded = route === "forwarded";
  return {
    action: `kms:${operation}`,
    route,
    region: copy.region,
    resource: { arn: found.arn, accountId: found.accountId },
    fixed: new Map<string, KeyValue>([
      ...resourceKeys(found.accountId, copy.region, found.tags, index),
      ...keyKeys(found),
      ...(forwarded ? forwardedKeys(copy) : []),
      ...(operation === "CreateGrant" ? [["kms:grantisforawsresource", "false"] as const] : []),
    ]),
    free: forwarded ? FORWARDED_FREE : parametersOf(operation),
    policy: found.policy,
    grants: found.grants,
    ...(rcps && { rcps }),
    ...(operation === "PutKeyPolicy" && { ofOwnAccountOnly: "else impossible" }),
  };
}

function keyKeys(key: Key): readonly (readonly [string, KeyValue])[] {
  return [
    ["kms:keyspec", "SYMMETRIC_DEFAULT"],
    ["kms:keyusage", "ENCRYPT_DECRYPT"],
    ["kms:keyorigin", "AWS_KMS"],
    ["kms:multiregion", String(key.multiRegion ?? false)],
    ["kms:resourcealiases", key.aliases.length === 0 ? undefined : key.aliases],
  ];
}

function forwardedKeys({ arn, region }: SecretCopy): readonly (readonly [string, KeyValue])[] {
  return [
    ["kms:viaservice", `secretsmanager.${region}.amazonaws.com`],
    ["kms:encryptionalgorithm", "SYMMETRIC_DEFAULT"],
    ["kms:encryptioncontext:secretarn", arn],
    ["kms:encryptioncontextkeys", ["SecretARN", "SecretVersionId"]],
  ];
}

function resourceKeys(
  accountId: string,
  region: string,
  tags: Readonly<Record<string, string>>,
  index: WorldIndex,
): readonly (readonly [string, KeyValue])[] {
  const path = index.account(accountId)?.organizationPath;
  return [
    ["aws:requestedregion", region],
    ["aws:resourceaccount", accountId],
    ["aws:resourceorgid", path === undefined ? undefined : index.world.organization?.id],
    ["aws:resourceorgpaths", path === undefined ? undefined : [path]],
    ...Object.entries(tags).map(([key, value]) => [`aws:resourcetag/${key.toLowerCase()}`, value] as const),
  ];
}

/** The AWS managed key of the secret's account and Region, which no resource control policy reaches. */
function managedKey({ accountId, region, arn }: SecretCopy, index: WorldIndex): Key {
  return index.managedKey(`${accountId} ${region}`, () => {
    const partition = arn.split(":")[1] ?? "aws";
    const id = symbolFor({
      of: `id of aws/secretsmanager of ${accountId} in ${region}`,
      shape: "?".repeat(36),
    });
    const prefix = `arn:${partition}:kms:${region}:${accountId}:key/`;
    const policy = managedKeyPolicy(accountId, region);
    return {
      arn: prefix + id,
      accountId,
      policy,
      grants: [],
      aliases: ["alias/aws/secretsmanager"],
      tags: {},
    };
  });
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk */
function managedKeyPolicy(accountId: string, region: string): AttachedPolicy {
  const condition = {
    "kms:CallerAccount": accountId,
    "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
  };
  return {
    source: `policy of the AWS managed key aws/secretsmanager of account ${accountId}`,
    policy: compilePolicy({
      Version: "2012-10-17",
      Statement: {
        Sid: "Through Secrets Manager for all principals of the account",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:CreateGrant",
          "kms:DescribeKey",
        ],
        Resource: "*",
        Condition: { StringEquals: condition },
      },
    }),
  };
}
