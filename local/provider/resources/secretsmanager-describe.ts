import type { DescribeSecretResponse, SecretsManager } from "@aws-sdk/client-secrets-manager";
import { hasCode } from "../aws";

/** The secret, one that waits for its deletion too; `undefined` when there is none. */
export async function describe(
  client: SecretsManager,
  id: string,
): Promise<DescribeSecretResponse | undefined> {
  try {
    return await client.describeSecret({ SecretId: id });
  } catch (error) {
    if (hasCode(error, "ResourceNotFoundException")) {
      return undefined;
    }
    throw error;
  }
}
