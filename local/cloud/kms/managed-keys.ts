import { Call } from "../core/operation";
import { aliasesOf, KeyRecord, placeOf } from "./key";
import { makeKey } from "./make-key";

const SERVICES = ["secretsmanager", "ssm", "lambda", "ebs", "rds", "s3", "sns", "sqs", "dynamodb"];

/** Whether the alias is one of an AWS-managed key, such as `alias/aws/secretsmanager`. */
export function isManagedAlias(name: string): boolean {
  return name.startsWith("alias/aws/") && SERVICES.includes(name.slice("alias/aws/".length));
}

/**
 * Makes the account's AWS-managed key of a service in this Region when it is first asked for. Only the account
 * itself can bring it about.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function ensureManagedKey(call: Call, accountId: string, alias: string): void {
  const place = placeOf(accountId, call.region, alias);
  if (accountId !== call.accountId || aliasesOf(call.store).has(place)) return;
  const service = alias.slice("alias/aws/".length);
  call.store.transaction(() => {
    const key = makeKey(call, {
      manager: "AWS",
      description: `Default key that protects my data when no other key is defined: ${service}`,
      policy: (arn) => managedKeyPolicy(arn, service),
    });
    const now = call.clock.now();
    aliasesOf(call.store).put(place, {
      name: alias,
      accountId,
      region: call.region,
      targetKeyId: key.keyId,
      createdAt: now,
      updatedAt: now,
    });
  });
}

/** Everyone whom the service admits, through the service and from the key's own account only. */
function managedKeyPolicy(key: Pick<KeyRecord, "accountId" | "region" | "arn">, service: string): string {
  const partition = key.arn.split(":")[1];
  const domain = `${service}.${key.region}.amazonaws.com`;
  return JSON.stringify({
    Version: "2012-10-17",
    Id: `auto-${service}-2`,
    Statement: [
      {
        Sid: `Allow access through ${service} for all principals in the account that are authorized to use it`,
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
        Condition: { StringEquals: { "kms:CallerAccount": key.accountId, "kms:ViaService": domain } },
      },
      {
        Sid: "Allow direct access to key metadata to the account",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${key.accountId}:root` },
        Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
        Resource: "*",
      },
    ],
  });
}
