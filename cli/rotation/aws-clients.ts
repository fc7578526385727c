import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CommandFailure, CommandIo } from "../command-io";

/** The services that the commands ask, in one Region. */
export interface AwsClients {
  readonly region: string;
  readonly secrets: SecretsManagerClient;
  readonly lambda: LambdaClient;
  readonly trail: CloudTrailClient;
  close(): void;
}

/**
 * Clients for AWS, or for the local cloud where AWS_ENDPOINT_URL is set. Credentials are those of the environment, else
 * whatever the SDK finds.
 *
 * @throws CommandFailure without a Region, and for one or an endpoint that is none
 */
export function awsClients({ env }: CommandIo, wanted: string | undefined): AwsClients {
  const region = wanted ?? (env["AWS_REGION"] || env["AWS_DEFAULT_REGION"]);
  if (!region) throw new CommandFailure("rotation: give --region, or set AWS_REGION");
  // By its form: AWS opens Regions that no list here knows yet.
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region))
    throw new CommandFailure(`rotation: ${region} is no Region of AWS, such as eu-west-1`);
  const endpoint = env["AWS_ENDPOINT_URL"];
  if (endpoint && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : ""))
    throw new CommandFailure(`rotation: AWS_ENDPOINT_URL is no URL: ${endpoint}`);
  const [accessKeyId, secretAccessKey] = [env["AWS_ACCESS_KEY_ID"], env["AWS_SECRET_ACCESS_KEY"]];
  const sessionToken = env["AWS_SESSION_TOKEN"];
  const config = {
    region,
    ...(endpoint ? { endpoint } : {}),
    ...(accessKeyId && secretAccessKey
      ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } }
      : {}),
  };
  const secrets = new SecretsManagerClient(config);
  const lambda = new LambdaClient(config);
  const trail = new CloudTrailClient(config);
  return {
    region,
    secrets,
    lambda,
    trail,
    close: () => [secrets, lambda, trail].forEach((one) => one.destroy()),
  };
}
