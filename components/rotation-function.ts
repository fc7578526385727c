import { existsSync } from "node:fs";
import { join } from "node:path";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import { renderPolicy } from "../iam";
import {
  documentSizeProblems,
  Location,
  nameFor,
  partitionOf,
  Problem,
  refuse,
  renderRotationSettings,
  roleArn,
  rotationRolePolicy,
  RotationSettings,
  rotationSettingsVariable,
  secretArnPattern,
  trustPolicy,
  wholeNumberProblems,
} from "./model";

export interface RotationFunctionArgs {
  /** Account and Region of the secret and of the function. */
  readonly location: Location;
  /** The one secret that the function rotates. */
  readonly secretName: string;
  /** Regions of the secret's replicas. @default none */
  readonly replicaRegions?: readonly string[];
  /** The secret of the administrator whose login the function uses. */
  readonly adminSecretName?: string;
  readonly settings: pulumi.Input<RotationSettings>;
  /** Subnets and security groups from which the database is reached; absent when it needs none. */
  readonly network?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
  /** Key for the function's environment, which holds no secret. @default the key that Lambda manages */
  readonly environmentKeyArn?: pulumi.Input<string>;
  /**
   * Seconds that one of the four steps may take, 60 to 900.
   *
   * @default 120
   */
  readonly timeoutSeconds?: number;
  /**
   * Days for which the function's logs are kept, one of the values that CloudWatch takes.
   *
   * @default 365
   */
  readonly logRetentionDays?: number;
  /** Folder with the engine's `index.js`, which `npm run build` makes. */
  readonly codeFolder: string;
}

/**
 * The Lambda function that rotates one secret, with a role for exactly that secret. Only Secrets Manager of the same
 * account, and only for that secret, may invoke it.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-lambda-function-overview.html
 */
export class RotationFunction extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** What has to be there before Secrets Manager may be told to rotate with the function. */
  readonly prerequisites: readonly pulumi.Resource[];

  /** @throws ConfigurationError when AWS would refuse the arguments, or the function's code has not been built */
  constructor(name: string, args: RotationFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`RotationFunction ${name}`, problemsOf(args));
    super("strongroom:index:RotationFunction", name, { declaredReaders: declaredReaders(args) }, opts);
    const child = { parent: this };

    const role = new iam.Role(name, roleInputs(args), child);
    const permissions = new iam.RolePolicy(name, rolePolicyInputs(args, role), child);
    const logs = new cloudwatch.LogGroup(name, logGroupInputs(args), child);
    const dependsOn = [permissions, logs];
    const code = new lambda.Function(name, functionInputs(args, role), { ...child, dependsOn });
    const permission = new lambda.Permission(name, invokeInputs(args, code), child);

    this.arn = code.arn;
    this.prerequisites = [permission, permissions];
    this.registerOutputs({ arn: this.arn, declaredReaders: declaredReaders(args) });
  }
}

/** Name of the function, its role and its log group. */
const functionName = (args: RotationFunctionArgs): string => nameFor("strongroom-rotate", args.secretName);

/** The function's role reads its secret and its administrator's, for the access proof. */
function declaredReaders(args: RotationFunctionArgs) {
  const { accountId, region } = args.location;
  const principalArns = [roleArn(accountId, functionName(args), partitionOf(region))];
  const secretNames = [
    args.secretName,
    ...(args.adminSecretName === undefined ? [] : [args.adminSecretName]),
  ];
  return secretNames.map((secretName) => ({ secretName, principalArns }));
}

function rolePolicyOf(args: RotationFunctionArgs) {
  return rotationRolePolicy({
    location: args.location,
    secretName: args.secretName,
    adminSecretName: args.adminSecretName,
    replicaRegions: args.replicaRegions ?? [],
    functionName: functionName(args),
    inVpc: args.network !== undefined,
  });
}

function roleInputs(args: RotationFunctionArgs): iam.RoleArgs {
  return {
    name: functionName(args),
    description: `Rotates ${args.secretName}`,
    assumeRolePolicy: renderPolicy(trustPolicy({ services: ["lambda.amazonaws.com"] })),
  };
}

function rolePolicyInputs(args: RotationFunctionArgs, role: iam.Role): iam.RolePolicyArgs {
  return { name: "rotate", role: role.name, policy: renderPolicy(rolePolicyOf(args)) };
}

function logGroupInputs(args: RotationFunctionArgs): cloudwatch.LogGroupArgs {
  return {
    name: `/aws/lambda/${functionName(args)}`,
    retentionInDays: args.logRetentionDays ?? 365,
    region: args.location.region,
  };
}

function functionInputs(args: RotationFunctionArgs, role: iam.Role): lambda.FunctionArgs {
  const settings = pulumi.output(args.settings).apply(renderRotationSettings);
  return {
    name: functionName(args),
    description: `Rotates ${args.secretName}`,
    role: role.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: new pulumi.asset.FileArchive(args.codeFolder),
    memorySize: 256,
    timeout: args.timeoutSeconds ?? 120,
    reservedConcurrentExecutions: 10, // with less, AWS documents rotations that loop between two steps
    environment: { variables: { [rotationSettingsVariable]: settings } },
    kmsKeyArn: args.environmentKeyArn,
    vpcConfig: args.network && {
      subnetIds: [...args.network.subnetIds],
      securityGroupIds: [...args.network.securityGroupIds],
    },
    region: args.location.region,
  };
}

function invokeInputs(args: RotationFunctionArgs, code: lambda.Function): lambda.PermissionArgs {
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

function problemsOf(args: RotationFunctionArgs): readonly Problem[] {
  const code = existsSync(join(args.codeFolder, "index.js"))
    ? []
    : [
        {
          path: "codeFolder",
          expected: "the function's code: run `npm run build`",
          got: `no index.js in ${args.codeFolder}`,
        },
      ];
  return [
    ...wholeNumberProblems("timeoutSeconds", args.timeoutSeconds, 60, 900),
    ...documentSizeProblems("identity", rolePolicyOf(args), "secretName"),
    ...code,
  ];
}
