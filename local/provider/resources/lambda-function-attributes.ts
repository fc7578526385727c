import type { FunctionConfiguration, VpcConfig } from "@aws-sdk/client-lambda";
import { hasCode } from "../aws";
import { ResourceContext } from "../resource-type";
import { Properties } from "../values";
import { tagEntries } from "./constraints";

/** Everything AWS knows of a function; `undefined` when there is none. */
export async function readFunction(
  id: string,
  state: Properties,
  { clients, region, partition }: ResourceContext,
) {
  const lambda = await clients.lambda(region);
  try {
    const { Configuration, Tags, Concurrency } = await lambda.getFunction({ FunctionName: id });
    const invoke = (arn: string): string =>
      `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
    const { FunctionArn: arn, Version: version } = Configuration!;
    return {
      ...attributesOf(Configuration!),
      invokeArn: invoke(arn!),
      qualifiedArn: `${arn}:${version}`,
      qualifiedInvokeArn: invoke(`${arn}:${version}`),
      responseStreamingInvokeArn: invoke(arn!)
        .replace("2015-03-31", "2021-11-15")
        .replace(/invocations$/, "response-streaming-invocations"),
      reservedConcurrentExecutions: Concurrency?.ReservedConcurrentExecutions ?? -1,
      sourceCodeHash: state["sourceCodeHash"] ?? Configuration!.CodeSha256,
      tagsAll: Object.fromEntries(tagEntries(Object.entries(Tags ?? {}))),
    };
  } catch (error) {
    if (hasCode(error, "ResourceNotFoundException")) {
      return undefined;
    }
    throw error;
  }
}

function attributesOf(found: FunctionConfiguration): Properties {
  const logging = found.LoggingConfig;
  return {
    arn: found.FunctionArn,
    architectures: found.Architectures ?? ["x86_64"],
    codeSha256: found.CodeSha256,
    description: found.Description || undefined,
    environment:
      Object.keys(found.Environment?.Variables ?? {}).length > 0
        ? { variables: found.Environment!.Variables }
        : undefined,
    ephemeralStorage: { size: found.EphemeralStorage?.Size ?? 512 },
    handler: found.Handler,
    kmsKeyArn: found.KMSKeyArn,
    lastModified: found.LastModified,
    loggingConfig: {
      logFormat: logging?.LogFormat ?? "Text",
      logGroup: logging?.LogGroup ?? `/aws/lambda/${found.FunctionName}`,
    },
    memorySize: found.MemorySize,
    name: found.FunctionName,
    packageType: found.PackageType ?? "Zip",
    role: found.Role,
    runtime: found.Runtime,
    signingJobArn: found.SigningJobArn ?? "",
    signingProfileVersionArn: found.SigningProfileVersionArn ?? "",
    sourceCodeSize: found.CodeSize,
    timeout: found.Timeout,
    tracingConfig: { mode: found.TracingConfig?.Mode ?? "PassThrough" },
    version: found.Version,
    vpcConfig: vpcOf(found.VpcConfig),
  };
}

function vpcOf(vpc: VpcConfig | undefined): Properties | undefined {
  return vpc === undefined || (vpc.SubnetIds ?? []).length === 0
    ? undefined
    : {
        subnetIds: vpc.SubnetIds,
        securityGroupIds: vpc.SecurityGroupIds ?? [],
        vpcId: (vpc as { VpcId?: string }).VpcId ?? "",
      };
}
