import { PolicyDocument, Statement } from "../../iam/policy-document";
import { accountRootArn, anySecretArnPattern, Location, secretArnPattern } from "./arn";
import { Grant, grantedRoleArns, grantPrincipal } from "./grant";
import { partitionOf, secretsManagerHost } from "./region";

export interface KeyPolicyFacts {
  /** The key's own account and Region; each replica of the key has a document of its own. */
  readonly location: Location;
  readonly organizationId: string;
  /** Every secret under the key that other accounts read. */
  readonly secrets: readonly { readonly name: string; readonly grants: readonly Grant[] }[];
}

/**
 * The policy of a secrets key in one Region. The account administers the key; using it is possible only through
 * Secrets Manager of that Region and for secrets of that account; each reader only for the secrets it may read.
 * `kms:CreateGrant` is nobody's: a grant would bypass these conditions.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export function keyPolicy({ location, organizationId, secrets }: KeyPolicyFacts): PolicyDocument {
  const root = { AWS: accountRootArn(location.accountId, partitionOf(location.region)) };
  const readers = keyReaders(secrets);
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Administration", Effect: "Allow", Principal: root, Action: ADMINISTRATION, Resource: "*" },
      {
        Sid: "UseThroughSecretsManager",
        Effect: "Allow",
        Principal: root,
        Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: {
          StringEquals: {
            "kms:CallerAccount": location.accountId,
            "kms:ViaService": secretsManagerHost(location.region),
          },
          StringLike: { "kms:EncryptionContext:SecretARN": anySecretArnPattern(location) },
        },
      },
      ...readers.map((reader, index) => readerStatement(reader, index, location, organizationId)),
    ],
  };
}

/** Every operation on the key itself that its account's administrators need; none that uses it, and no grants. */
const ADMINISTRATION = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ReplicateKey",
  "kms:RetireGrant",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
  "kms:UpdatePrimaryRegion",
] as const;

interface KeyReader {
  readonly accountId: string;
  readonly roleNames: readonly string[];
  readonly secretNames: readonly string[];
}

/** One reader for all roles of an account that read the same secrets; each role is in exactly one. */
function keyReaders(secrets: KeyPolicyFacts["secrets"]): readonly KeyReader[] {
  const secretsByRole = new Map<string, { accountId: string; role: string; names: Set<string> }>();
  for (const { name, grants } of secrets)
    for (const { accountId, roleNames } of grants)
      for (const role of roleNames) {
        const key = `${accountId} ${role}`;
        const entry = secretsByRole.get(key) ?? { accountId, role, names: new Set() };
        secretsByRole.set(key, { ...entry, names: entry.names.add(name) });
      }
  const readers = new Map<string, KeyReader>();
  for (const { accountId, role, names } of secretsByRole.values()) {
    const secretNames = [...names].sort();
    const key = [accountId, ...secretNames].join(" ");
    const roleNames = [...(readers.get(key)?.roleNames ?? []), role];
    readers.set(key, { accountId, roleNames, secretNames });
  }
  return [...readers.keys()].sort().map((key) => readers.get(key)!);
}

function readerStatement(
  reader: KeyReader,
  index: number,
  location: Location,
  organizationId: string,
): Statement {
  const partition = partitionOf(location.region);
  return {
    Sid: `Reader${index + 1}`,
    Effect: "Allow",
    Principal: grantPrincipal(reader, partition),
    Action: "kms:Decrypt",
    Resource: "*", // in a key's own policy, "*" means this key
    Condition: {
      StringEquals: {
        "aws:PrincipalArn": grantedRoleArns(reader, partition),
        "aws:PrincipalOrgID": organizationId,
        "kms:ViaService": secretsManagerHost(location.region),
      },
      StringLike: {
        "kms:EncryptionContext:SecretARN": reader.secretNames.map((name) => secretArnPattern(location, name)),
      },
    },
  };
}
