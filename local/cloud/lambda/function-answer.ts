import { Call } from "../core/operation";
import { environmentOf } from "./configuration";
import { FunctionRecord } from "./function-record";

/**
 * A function as AWS describes it.
 *
 * @param qualified whether the ARN ends in the version, as it does where the request named one
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export function functionAnswer(record: FunctionRecord, call: Call, qualified = record.version !== "$LATEST") {
  const environment = environmentOf(record, call);
  const { vpc } = record;
  return {
    FunctionName: record.name,
    FunctionArn: qualified ? `${record.arn}:${record.version}` : record.arn,
    Runtime: record.runtime,
    Role: record.role,
    Handler: record.handler,
    CodeSize: record.codeSize,
    Description: record.description,
    Timeout: record.timeout,
    MemorySize: record.memorySize,
    LastModified: new Date(record.lastModified).toISOString().replace("Z", "+0000"),
    CodeSha256: record.codeSha256,
    Version: record.version,
    VpcConfig: {
      SubnetIds: vpc?.subnetIds ?? [],
      SecurityGroupIds: vpc?.securityGroupIds ?? [],
      VpcId: vpc?.vpcId ?? "",
      Ipv6AllowedForDualStack: false,
    },
    ...(Object.keys(environment).length > 0 && { Environment: { Variables: environment } }),
    ...(record.kmsKeyArn !== undefined && { KMSKeyArn: record.kmsKeyArn }),
    ...(record.deadLetterArn !== undefined && { DeadLetterConfig: { TargetArn: record.deadLetterArn } }),
    TracingConfig: { Mode: record.tracing },
    RevisionId: record.revisionId,
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    Architectures: record.architectures,
    EphemeralStorage: { Size: record.ephemeralStorage },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    LoggingConfig: record.logging,
  };
}
