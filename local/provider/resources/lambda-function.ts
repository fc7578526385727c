import type { Architecture } from "@aws-sdk/client-lambda";
import { hasCode, retryWhile } from "../aws";
import { ResourceType } from "../resource-type";
import { Properties, zipArchive } from "../values";
import { notMatching, outOfRange } from "./constraints";
import { readFunction } from "./lambda-function-attributes";
import {
  CONFIGURATION,
  configuration,
  isRolePropagation,
  updateFunction,
  waitUntilReady,
} from "./lambda-function-changes";

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const lambdaFunction: ResourceType = {
  token: "aws:lambda/function:Function",
  tagged: true,
  inputs: {
    architectures: { kind: "list", computed: true },
    code: { kind: "archive", required: true },
    codeSigningConfigArn: { kind: "string" },
    deadLetterConfig: { kind: "object" },
    description: { kind: "string" },
    environment: { kind: "object" },
    ephemeralStorage: { kind: "object", computed: true },
    handler: { kind: "string", required: true },
    kmsKeyArn: { kind: "string" },
    layers: { kind: "list" },
    loggingConfig: { kind: "object", computed: true, fromAws: true },
    memorySize: { kind: "number", default: 128 },
    name: { kind: "string", replaces: true, computed: true },
    packageType: { kind: "string", replaces: true, default: "Zip" },
    publish: { kind: "boolean", default: false },
    reservedConcurrentExecutions: { kind: "number", default: -1 },
    role: { kind: "string", required: true },
    runtime: { kind: "string", required: true },
    skipDestroy: { kind: "boolean", default: false },
    sourceCodeHash: { kind: "string", computed: true },
    timeout: { kind: "number", default: 3 },
    tracingConfig: { kind: "object", computed: true },
    vpcConfig: { kind: "object", fromAws: true, same: sameVpc },
  },
  outputs: [
    "arn",
    "codeSha256",
    "invokeArn",
    "lastModified",
    "qualifiedArn",
    "qualifiedInvokeArn",
    "responseStreamingInvokeArn",
    "signingJobArn",
    "signingProfileVersionArn",
    "sourceCodeSize",
    "version",
  ],
  changedOutputs: {
    codeSha256: ["code"],
    lastModified: ["code", ...CONFIGURATION],
    qualifiedArn: ["publish"],
    qualifiedInvokeArn: ["publish"],
    sourceCodeHash: ["code"],
    sourceCodeSize: ["code"],
    version: ["publish"],
  },
  autoName: { property: "name", maxLength: 64 },
  check: (inputs) => [
    ...notMatching(
      inputs,
      "name",
      /^[A-Za-z0-9_-]{1,64}$/,
      "only letters, digits, hyphens and underscores, at most 64",
    ),
    ...notMatching(inputs, "role", /^arn:[a-z-]+:iam::\d{12}:role\/.+$/, "a role ARN"),
    ...outOfRange(inputs, "memorySize", 128, 10240),
    ...outOfRange(inputs, "timeout", 1, 900),
    ...(inputs["packageType"] === "Image"
      ? [{ property: "packageType", reason: "functions from images are not modelled by the local provider" }]
      : []),
  ],

  async create(inputs, { clients, region, exists }) {
    const lambda = await clients.lambda(region);
    const zip = zipArchive(inputs["code"]);
    const { FunctionName } = await retryWhile(isRolePropagation, () =>
      lambda.createFunction({
        FunctionName: inputs["name"],
        Code: { ZipFile: zip },
        Publish: inputs["publish"],
        Architectures: inputs["architectures"] as Architecture[],
        CodeSigningConfigArn: inputs["codeSigningConfigArn"],
        PackageType: "Zip",
        Tags: inputs["tagsAll"],
        ...configuration(inputs),
      }),
    );
    exists(FunctionName!);
    await waitUntilReady(lambda, FunctionName!);
    if (inputs["reservedConcurrentExecutions"] >= 0) {
      await lambda.putFunctionConcurrency({
        FunctionName,
        ReservedConcurrentExecutions: inputs["reservedConcurrentExecutions"],
      });
    }
    return FunctionName!;
  },

  async read(id, state, context) {
    return readFunction(id, state, context);
  },

  async update(id, change, { clients, region }) {
    await updateFunction(await clients.lambda(region), id, change);
  },

  async delete(id, state, { clients, region }) {
    if (state["skipDestroy"]) {
      return;
    }
    const lambda = await clients.lambda(region);
    try {
      await lambda.deleteFunction({ FunctionName: id });
    } catch (error) {
      if (!hasCode(error, "ResourceNotFoundException")) {
        throw error;
      }
    }
  },
};

function sameVpc(a: Properties, b: Properties): boolean {
  const sorted = (ids: readonly string[] | undefined): string => [...(ids ?? [])].sort().join();
  return (
    sorted(a["subnetIds"]) === sorted(b["subnetIds"]) &&
    sorted(a["securityGroupIds"]) === sorted(b["securityGroupIds"])
  );
}
