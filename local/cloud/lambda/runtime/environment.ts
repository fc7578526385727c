import { FunctionRecord } from "../function-record";
import { RoleCredentials } from "../role";

/** What a process's environment is made of. */
export interface EnvironmentParts {
  readonly record: FunctionRecord;
  readonly credentials: RoleCredentials;
  readonly variables: Readonly<Record<string, string>>;
  /** Where the function finds AWS. */
  readonly endpoint: string;
  readonly codeFolder: string;
  readonly logStream: string;
}

/** The variables of a function's process, as AWS names them; the function's own can change none of AWS's. */
export function functionEnvironment(parts: EnvironmentParts): Record<string, string> {
  const { record, credentials, variables, endpoint, codeFolder, logStream } = parts;
  return {
    AWS_ENDPOINT_URL: endpoint,
    ...variables,
    PATH: process.env["PATH"] ?? "",
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    _HANDLER: record.handler,
    LAMBDA_TASK_ROOT: codeFolder,
    LAMBDA_RUNTIME_DIR: codeFolder,
    AWS_REGION: record.region,
    AWS_DEFAULT_REGION: record.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${record.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: record.name,
    AWS_LAMBDA_FUNCTION_VERSION: record.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(record.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: record.logging.LogGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_ACCESS_KEY_ID: credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: credentials.SessionToken,
  };
}
