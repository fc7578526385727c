import { SecretRecord } from "./secret";
import { tagList } from "./tag-set";

/** What DescribeSecret and ListSecrets both tell; members with nothing in them are absent. */
export function secretEntry(secret: SecretRecord) {
  const { rotation } = secret;
  return present({
    ARN: secret.arn,
    Name: secret.name,
    Type: secret.type,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    RotationEnabled: rotation?.isEnabled,
    RotationLambdaARN: rotation?.lambdaArn,
    RotationRules: rotation?.rules,
    ExternalSecretRotationMetadata: rotation?.externalMetadata,
    ExternalSecretRotationRoleArn: rotation?.externalRoleArn,
    LastRotatedDate: date(rotation?.lastRotatedAt),
    LastChangedDate: date(secret.changedAt),
    LastAccessedDate: date(secret.accessedAt),
    DeletedDate: date(secret.deletionAt),
    NextRotationDate: rotation?.isEnabled ? date(rotation.next?.endsAt) : undefined,
    Tags: secret.tags && tagList(secret.tags),
    OwningService: secret.owningService,
    CreatedDate: date(secret.createdAt),
    PrimaryRegion: secret.primaryRegion,
  });
}

/** Labels by version, for the versions that have any. */
export function stagesByVersion(secret: SecretRecord): Record<string, readonly string[]> | undefined {
  const labelled = Object.entries(secret.versions).filter(([, { stages }]) => stages.length > 0);
  if (labelled.length === 0) return undefined;
  return Object.fromEntries(labelled.map(([id, { stages }]) => [id, stages]));
}

/** Without the members that are undefined. */
export function present<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function date(at: number | undefined): Date | undefined {
  return at === undefined ? undefined : new Date(at);
}
