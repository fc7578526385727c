import { Administrator } from "./organisation";
import { PRIMARY_REGION } from "./start/platform";

/** What a user would have in the shell: the deployer's credentials, and where AWS is. */
export function deployerEnv(
  cloudUrl: string,
  { accessKeyId, secretAccessKey }: Administrator,
): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: cloudUrl,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: PRIMARY_REGION,
  };
}
