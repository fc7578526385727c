import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { renderPolicy } from "../iam";
import {
  DataClass,
  documentSizeProblems,
  Grant,
  partitionOf,
  Problem,
  refuse,
  Regions,
  regionsProblems,
  roleArn,
  secretNameFault,
  secretPolicy,
  secretTags,
  shown,
  wholeNumberProblems,
} from "./model";
import { rotationInputs, SharedSecretRotation, timingProblems } from "./secret-rotation";

export interface SharedSecretArgs {
  /** Name in Secrets Manager. */
  readonly secretName: string;
  readonly description: string;
  readonly owner: string;
  readonly dataClass: DataClass;
  readonly organizationId: string;
  readonly regions: Regions;
  /** Customer-managed key of each Region; the key that AWS manages cannot be used from another account. */
  readonly keyArns: Readonly<Record<string, pulumi.Input<string>>>;
  /** Plain values: who may read has to be known in the preview. */
  readonly grants: readonly Grant[];
  readonly rotation: SharedSecretRotation;
  /**
   * Days for which a deleted secret can be restored, 7 to 30.
   *
   * @default 30
   */
  readonly recoveryWindowDays?: number;
  /**
   * Whether Pulumi refuses to delete the secret.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * A secret without a value, its replicas and who may read it. The value is put by the rotation function or by hand,
 * so that it is in no program and in no state file. Replicas take the policy, the tags and the value over.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export class SharedSecret extends pulumi.ComponentResource {
  /** ARN in the primary Region. */
  readonly arn: pulumi.Output<string>;
  /** ARN by Region. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

  /** @throws ConfigurationError when AWS would refuse the arguments */
  constructor(name: string, args: SharedSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`SharedSecret ${name}`, problemsOf(args));
    super("strongroom:index:SharedSecret", name, { declaredReaders: declaredReaders(args) }, opts);
    const child = { parent: this };

    const secret = new secretsmanager.Secret(name, secretInputs(args), {
      ...child,
      protect: args.protect ?? true,
    });
    const policy = new secretsmanager.SecretPolicy(name, policyInputs(args, secret), child);
    if (args.rotation.kind === "scheduled") {
      const dependsOn = [policy, ...args.rotation.rotationFunction.prerequisites];
      const inputs = rotationInputs(args.secretName, args.rotation);
      const rotated = { ...inputs, secretId: secret.id, region: args.regions.primary };
      new secretsmanager.SecretRotation(name, rotated, {
        ...child,
        dependsOn,
      });
    }

    this.arn = secret.arn;
    this.arns = arnsByRegion(args.regions, secret.arn);
    this.registerOutputs({ arns: this.arns, declaredReaders: declaredReaders(args) });
  }
}

/** Who may read, for the access proof: it compares what the documents allow with what was declared. */
function declaredReaders({ secretName, grants, regions }: SharedSecretArgs) {
  const partition = partitionOf(regions.primary);
  const principalArns = grants.flatMap(({ accountId, roleNames }) =>
    roleNames.map((roleName) => roleArn(accountId, roleName, partition)),
  );
  return [{ secretName, principalArns }];
}

function secretInputs(args: SharedSecretArgs): secretsmanager.SecretArgs {
  return {
    name: args.secretName,
    description: args.description,
    kmsKeyId: args.keyArns[args.regions.primary],
    recoveryWindowInDays: args.recoveryWindowDays ?? 30,
    forceOverwriteReplicaSecret: false,
    replicas: args.regions.replicas.map((region) => ({ region, kmsKeyId: args.keyArns[region] })),
    tags: secretTags(args),
    region: args.regions.primary,
  };
}

function policyInputs(
  args: SharedSecretArgs,
  secret: secretsmanager.Secret,
): secretsmanager.SecretPolicyArgs {
  return {
    secretArn: secret.arn,
    policy: renderPolicy(policyOf(args)),
    blockPublicPolicy: true,
    region: args.regions.primary,
  };
}

function policyOf({ organizationId, grants, regions }: SharedSecretArgs) {
  return secretPolicy({ organizationId, grants, partition: partitionOf(regions.primary) });
}

/** Replicas keep the six characters at the end of the ARN; only the Region changes. */
function arnsByRegion({ primary, replicas }: Regions, arn: pulumi.Output<string>) {
  const swapped = (region: string) => arn.apply((text) => text.replace(`:${primary}:`, `:${region}:`));
  return { [primary]: arn, ...Object.fromEntries(replicas.map((region) => [region, swapped(region)])) };
}

function problemsOf(args: SharedSecretArgs): readonly Problem[] {
  return [
    ...fault("secretName", secretNameFault(args.secretName), args.secretName),
    ...regionsProblems(args.regions),
    ...wholeNumberProblems("recoveryWindowDays", args.recoveryWindowDays, 7, 30),
    ...(args.rotation.kind === "never" ? [] : timingProblems(args.rotation)),
    ...documentSizeProblems("resource", policyOf(args), "grants"),
  ];
}

function fault(path: string, expected: string | undefined, value: unknown): readonly Problem[] {
  return expected === undefined ? [] : [{ path, expected, got: shown(value) }];
}
