import { join } from "node:path";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { renderPolicy } from "../iam";
import {
  nameFor,
  RotationEngine,
  renderRotationSettings,
  rotationRolePolicy,
  rotationSettingsVariable,
  RotationTarget,
  secretArnPattern,
  trustPolicy,
} from "./model";
import type { RotationFunctionArgs } from "./rotation-function";

/** Name of the function, its role and its log group. */
export const functionName = (args: RotationFunctionArgs): string =>
  nameFor("strongroom-rotate", args.secretName);

export function rolePolicyOf(args: RotationFunctionArgs) {
  return rotationRolePolicy({
    location: args.location,
    secretName: args.secretName,
    adminSecretName: args.adminSecretName,
    replicaRegions: args.replicaRegions ?? [],
    functionName: functionName(args),
    target: targetOf(args),
    inVpc: args.network !== undefined,
  });
}

function targetOf({ engine, userArn }: RotationFunctionArgs): RotationTarget | undefined {
  const takesUser = engine === "iam-access-key" || engine === "elasticache";
  return takesUser && userArn !== undefined ? { engine, userArn } : undefined;
}

/** Where the engine's bundle is. */
export const codeFolderOf = ({ engine, codeFolder }: RotationFunctionArgs): string =>
  codeFolder ?? join("rotation-lambdas", "dist", engine);

export function roleInputs(args: RotationFunctionArgs): iam.RoleArgs {
  return {
    name: functionName(args),
    description: `Rotates ${args.secretName}`,
    assumeRolePolicy: renderPolicy(trustPolicy({ services: ["lambda.amazonaws.com"] })),
  };
}

export function rolePolicyInputs(args: RotationFunctionArgs, role: iam.Role): iam.RolePolicyArgs {
  return { name: "rotate", role: role.name, policy: renderPolicy(rolePolicyOf(args)) };
}

export function logGroupInputs(args: RotationFunctionArgs): cloudwatch.LogGroupArgs {
  return {
    name: `/aws/lambda/${functionName(args)}`,
    retentionInDays: args.logRetentionDays ?? 365,
    region: args.location.region,
  };
}

export function functionInputs(args: RotationFunctionArgs, role: iam.Role): lambda.FunctionArgs {
  const { strategy } = args;
  const settings = pulumi
    .output(args.settings ?? {})
    .apply((rest) => renderRotationSettings({ strategy, ...rest }));
  return {
    name: functionName(args),
    description: `Rotates ${args.secretName}`,
    role: role.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: new pulumi.asset.FileArchive(codeFolderOf(args)),
    memorySize: 256,
    timeout: args.timeoutSeconds ?? 120,
    reservedConcurrentExecutions: 10, // with less, AWS documents rotations that loop between two steps
    environment: { variables: { [rotationSettingsVariable]: settings, ...trustOf(args.engine) } },
    kmsKeyArn: args.environmentKeyArn,
    vpcConfig: args.network && {
      subnetIds: [...args.network.subnetIds],
      securityGroupIds: [...args.network.securityGroupIds],
    },
    region: args.location.region,
  };
}

/** The driver of Oracle knows no authorities but Node's; Lambda keeps those of RDS in a file of its own. */
function trustOf(engine: RotationEngine): Readonly<Record<string, string>> {
  return engine === "oracle" ? { NODE_EXTRA_CA_CERTS: "/var/runtime/ca-cert.pem" } : {};
}

export function invokeInputs(args: RotationFunctionArgs, code: lambda.Function): lambda.PermissionArgs {
  return {
    statementId: "SecretsManager",
    action: "lambda:InvokeFunction",
    function: code.name,
    principal: "secretsmanager.amazonaws.com",
    sourceAccount: args.location.accountId,
    sourceArn: secretArnPattern(args.location, args.secretName),
    region: args.location.region,
  };
}
