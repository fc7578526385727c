import { AwsCredentials } from "./aws-request";
import { RotationError } from "./rotation-error";

/** Region, endpoint and credentials, as the Lambda runtime gives them in the environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The endpoint that the environment names for a service, as the SDKs read it, or `usual`. */
export function endpointFor(environment: Environment, serviceId: string, usual: string): URL {
  return new URL(environment[`AWS_ENDPOINT_URL_${serviceId}`] || environment["AWS_ENDPOINT_URL"] || usual);
}

export function regionOf(environment: Environment): string {
  return environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "";
}

/** Credentials of the function's role. @throws RotationError `permission` when there are none */
export function functionCredentials(environment: Environment): AwsCredentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  if (!accessKeyId || !secretAccessKey)
    throw new RotationError("permission", "no AWS credentials in the environment");
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
