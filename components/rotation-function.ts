import { existsSync } from "node:fs";
import { join } from "node:path";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as lambda from "@pulumi/aws/lambda";
import * as pulumi from "@pulumi/pulumi";
import {
  documentSizeProblems,
  Location,
  partitionOf,
  Problem,
  refuse,
  roleArn,
  RotationEngine,
  RotationSettings,
  RotationStrategyName,
  shown,
  strategyFault,
  wholeNumberProblems,
} from "./model";
import {
  codeFolderOf,
  functionInputs,
  functionName,
  invokeInputs,
  logGroupInputs,
  roleInputs,
  rolePolicyInputs,
  rolePolicyOf,
} from "./rotation-function-inputs";

export interface RotationFunctionArgs {
  /** Account and Region of the secret and of the function. */
  readonly location: Location;
  /** The one secret that the function rotates. */
  readonly secretName: string;
  /** Regions of the secret's replicas. @default none */
  readonly replicaRegions?: readonly string[];
  /** The secret of the administrator whose login the function uses. */
  readonly adminSecretName?: string;
  readonly engine: RotationEngine;
  /** One that the engine knows; see `ROTATION_STRATEGIES`. */
  readonly strategy: RotationStrategyName;
  /** The rest of what the function is told. @default nothing */
  readonly settings?: pulumi.Input<Omit<RotationSettings, "strategy">>;
  /**
   * The user whom the function's role changes through an API of AWS; for `elasticache`, and for `iam-access-key` unless
   * the user's own key does it.
   */
  readonly userArn?: string;
  /** Whether the user of IAM makes its own keys, so that the function's role needs no right to. @default false */
  readonly userMakesKeys?: boolean;
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
  /**
   * Folder with the engine's `index.js`, which `npm run build` makes.
   *
   * @default `rotation-lambdas/dist/<engine>` in the working folder, which is the project's
   */
  readonly codeFolder?: string;
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

function problemsOf(args: RotationFunctionArgs): readonly Problem[] {
  const { engine, strategy, userArn, userMakesKeys = false, timeoutSeconds } = args;
  const needsUser = engine === "elasticache" || (engine === "iam-access-key" && !userMakesKeys);
  const folder = codeFolderOf(args);
  return [
    ...wholeNumberProblems("timeoutSeconds", timeoutSeconds, 60, 900),
    ...problemIf("strategy", strategyFault(engine, strategy), strategy),
    ...problemIf(
      "userArn",
      needsUser && userArn === undefined ? `a user's ARN with ${engine}` : undefined,
      userArn,
    ),
    ...documentSizeProblems("identity", rolePolicyOf(args), "secretName"),
    ...(existsSync(join(folder, "index.js"))
      ? []
      : [{ path: "codeFolder", expected: BUILT, got: `no index.js in ${folder}` }]),
  ];
}

const BUILT = "the function's code: run `npm run build`";

function problemIf(path: string, expected: string | undefined, value: unknown): readonly Problem[] {
  return expected === undefined ? [] : [{ path, expected, got: shown(value) }];
}
