import { LocalProvider } from "../provider";
import { Properties } from "../values";

/** `aws.secretsmanager.getSecret` by ARN or name. */
export async function getSecret(args: Properties, provider: LocalProvider): Promise<Properties> {
  const region: string = args["region"] ?? provider.settings.region;
  const client = await provider.clients.secretsManager(region);
  const SecretId: string | undefined = args["arn"] ?? args["name"];
  if (SecretId === undefined) {
    throw new Error('one of "arn" and "name" must be given');
  }
  const found = await client.describeSecret({ SecretId });
  const { ResourcePolicy } = await client.getResourcePolicy({ SecretId });
  return {
    id: found.ARN,
    arn: found.ARN,
    name: found.Name,
    description: found.Description ?? "",
    kmsKeyId: found.KmsKeyId ?? "",
    createdDate: found.CreatedDate?.toISOString() ?? "",
    lastChangedDate: found.LastChangedDate?.toISOString() ?? "",
    policy: ResourcePolicy ?? "",
    region,
    tags: Object.fromEntries((found.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    type: found.Type ?? "",
  };
}

/** `aws.kms.getKey` by id, ARN or alias. */
export async function getKey(args: Properties, provider: LocalProvider): Promise<Properties> {
  const region: string = args["region"] ?? provider.settings.region;
  const kms = await provider.clients.kms(region);
  const { KeyMetadata: key } = await kms.describeKey({
    KeyId: args["keyId"],
    GrantTokens: args["grantTokens"],
  });
  return {
    id: key!.KeyId,
    keyId: args["keyId"],
    arn: key!.Arn,
    awsAccountId: key!.AWSAccountId,
    creationDate: key!.CreationDate?.toISOString(),
    customerMasterKeySpec: key!.KeySpec,
    deletionDate: key!.DeletionDate?.toISOString() ?? "",
    description: key!.Description ?? "",
    enabled: key!.Enabled,
    expirationModel: key!.ExpirationModel ?? "",
    keyManager: key!.KeyManager,
    keySpec: key!.KeySpec,
    keyState: key!.KeyState,
    keyUsage: key!.KeyUsage,
    multiRegion: key!.MultiRegion ?? false,
    multiRegionConfigurations: [],
    origin: key!.Origin ?? "AWS_KMS",
    pendingDeletionWindowInDays: key!.PendingDeletionWindowInDays ?? 0,
    region,
    validTo: "",
    cloudHsmClusterId: "",
    customKeyStoreId: "",
    xksKeyConfigurations: [],
  };
}
