import type { Architecture, Lambda, Runtime } from "@aws-sdk/client-lambda";
import { hasCode, retryWhile, waitFor } from "../aws";
import { Change } from "../resource-type";
import { Properties, zipArchive } from "../values";
import { changedTags } from "./constraints";

/** Inputs that UpdateFunctionConfiguration takes. */
export const CONFIGURATION = [
  "deadLetterConfig",
  "description",
  "environment",
  "ephemeralStorage",
  "handler",
  "kmsKeyArn",
  "layers",
  "loggingConfig",
  "memorySize",
  "role",
  "runtime",
  "timeout",
  "tracingConfig",
  "vpcConfig",
];

/** Inputs as CreateFunction and UpdateFunctionConfiguration take them. */
export function configuration(inputs: Properties) {
  const vpc = inputs["vpcConfig"] as Properties | undefined;
  return {
    Role: inputs["role"] as string,
    Handler: inputs["handler"] as string,
    Runtime: inputs["runtime"] as Runtime,
    Description: inputs["description"] ?? "",
    Timeout: inputs["timeout"],
    MemorySize: inputs["memorySize"],
    KMSKeyArn: inputs["kmsKeyArn"],
    Layers: inputs["layers"],
    Environment: { Variables: inputs["environment"]?.variables ?? {} },
    VpcConfig: vpc && { SubnetIds: vpc["subnetIds"], SecurityGroupIds: vpc["securityGroupIds"] },
    DeadLetterConfig: inputs["deadLetterConfig"] && { TargetArn: inputs["deadLetterConfig"].targetArn },
    EphemeralStorage: inputs["ephemeralStorage"] && { Size: inputs["ephemeralStorage"].size },
    TracingConfig: inputs["tracingConfig"] && { Mode: inputs["tracingConfig"].mode },
    LoggingConfig: inputs["loggingConfig"] && {
      LogFormat: inputs["loggingConfig"].logFormat,
      LogGroup: inputs["loggingConfig"].logGroup,
      ApplicationLogLevel: inputs["loggingConfig"].applicationLogLevel,
      SystemLogLevel: inputs["loggingConfig"].systemLogLevel,
    },
  };
}

/** Brings configuration, code, concurrency and tags up to date, in the order in which AWS allows it. */
export async function updateFunction(
  lambda: Lambda,
  id: string,
  { changed, olds, news }: Change,
): Promise<void> {
  if (changed(...CONFIGURATION)) {
    const vpcRemoved = news["vpcConfig"] === undefined && olds["vpcConfig"] !== undefined;
    await retryWhile(isRolePropagation, () =>
      lambda.updateFunctionConfiguration({
        FunctionName: id,
        ...configuration(news),
        ...(vpcRemoved && { VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } }),
      }),
    );
    await waitUntilReady(lambda, id);
  }
  if (changed("code", "architectures")) {
    await lambda.updateFunctionCode({
      FunctionName: id,
      ZipFile: zipArchive(news["code"]),
      Architectures: news["architectures"] as Architecture[],
      Publish: news["publish"],
    });
    await waitUntilReady(lambda, id);
  }
  if (changed("reservedConcurrentExecutions")) {
    const reserved: number = news["reservedConcurrentExecutions"];
    await (reserved < 0
      ? lambda.deleteFunctionConcurrency({ FunctionName: id })
      : lambda.putFunctionConcurrency({ FunctionName: id, ReservedConcurrentExecutions: reserved }));
  }
  const tags = changedTags(olds["tagsAll"], news["tagsAll"]);
  if (tags.removed.length > 0) {
    await lambda.untagResource({ Resource: olds["arn"], TagKeys: tags.removed });
  }
  if (Object.keys(tags.set).length > 0) {
    await lambda.tagResource({ Resource: olds["arn"], Tags: tags.set });
  }
}

/** Waits until a function can be invoked and changed. */
export async function waitUntilReady(lambda: Lambda, name: string): Promise<void> {
  await waitFor(`function ${name}`, async () => {
    const { Configuration } = await lambda.getFunction({ FunctionName: name });
    const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason } = Configuration!;
    if (State === "Failed" || LastUpdateStatus === "Failed") {
      throw new Error(
        `function ${name} failed: ${StateReason ?? LastUpdateStatusReason ?? "no reason given"}`,
      );
    }
    return State === "Pending" || LastUpdateStatus === "InProgress" ? undefined : true;
  });
}

/** True when the function's role is too new for Lambda to know it. */
export function isRolePropagation(error: unknown): boolean {
  return (
    hasCode(error, "InvalidParameterValueException") &&
    /cannot be assumed by Lambda|does not have permissions/.test((error as Error).message)
  );
}
