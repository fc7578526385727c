import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { renderPolicy } from "../iam";
import {
  allRegions,
  documentSizeProblems,
  keyPolicy,
  KeyPolicyFacts,
  Problem,
  refuse,
  Regions,
  regionsProblems,
  wholeNumberProblems,
} from "./model";

export interface SecretsKeyArgs {
  /** Account that the key is made in, twelve digits. */
  readonly accountId: string;
  readonly organizationId: string;
  readonly regions: Regions;
  /** Name after `alias/`, the same in every Region. */
  readonly alias: string;
  /** Every secret under the key that other accounts read: who may decrypt follows from it. */
  readonly secrets: KeyPolicyFacts["secrets"];
  /**
   * Days between two rotations of the key material, 90 to 2560.
   *
   * @default 365
   */
  readonly rotationPeriodDays?: number;
  /**
   * Days for which a deleted key can be recovered, 7 to 30.
   *
   * @default 30
   */
  readonly deletionWindowDays?: number;
  /**
   * Whether Pulumi refuses to delete the keys: with them goes every value encrypted under them.
   *
   * @default true
   */
  readonly protect?: boolean;
}

/**
 * A multi-Region key for secrets, and a replica of it in every other Region. Each has its own policy and alias: KMS
 * shares the material and its rotation between them, but not these.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class SecretsKey extends pulumi.ComponentResource {
  /** ARN of the key by Region. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;

  /** @throws ConfigurationError when AWS would refuse the arguments */
  constructor(name: string, args: SecretsKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`SecretsKey ${name}`, problemsOf(args));
    super("strongroom:index:SecretsKey", name, {}, opts);
    const child = { parent: this, protect: args.protect ?? true };

    const primary = new kms.Key(name, primaryInputs(args), child);
    const replicas = args.regions.replicas.map(
      (region) => new kms.ReplicaKey(`${name}-${region}`, replicaInputs(args, region, primary.arn), child),
    );
    const keys = allRegions(args.regions).map((region, index) => ({
      region,
      key: [primary, ...replicas][index]!,
    }));
    for (const { region, key } of keys) {
      const alias = { name: `alias/${args.alias}`, targetKeyId: key.keyId, region };
      new kms.Alias(`${name}-${region}`, alias, { parent: this });
    }

    this.arns = Object.fromEntries(keys.map(({ region, key }) => [region, key.arn]));
    this.registerOutputs({ arns: this.arns });
  }
}

function primaryInputs(args: SecretsKeyArgs): kms.KeyArgs {
  return {
    description: `Secrets of account ${args.accountId}`,
    multiRegion: true,
    enableKeyRotation: true,
    rotationPeriodInDays: args.rotationPeriodDays ?? 365,
    deletionWindowInDays: args.deletionWindowDays ?? 30,
    policy: policyIn(args, args.regions.primary),
    region: args.regions.primary,
  };
}

function replicaInputs(
  args: SecretsKeyArgs,
  region: string,
  primaryKeyArn: pulumi.Input<string>,
): kms.ReplicaKeyArgs {
  return {
    description: `Secrets of account ${args.accountId}, replica in ${region}`,
    primaryKeyArn,
    deletionWindowInDays: args.deletionWindowDays ?? 30,
    policy: policyIn(args, region),
    region,
  };
}

const policyIn = (args: SecretsKeyArgs, region: string): string => renderPolicy(documentIn(args, region));

function documentIn({ accountId, organizationId, secrets }: SecretsKeyArgs, region: string) {
  return keyPolicy({ location: { accountId, region }, organizationId, secrets });
}

function problemsOf(args: SecretsKeyArgs): readonly Problem[] {
  return [
    ...regionsProblems(args.regions),
    ...wholeNumberProblems("rotationPeriodDays", args.rotationPeriodDays, 90, 2560),
    ...wholeNumberProblems("deletionWindowDays", args.deletionWindowDays, 7, 30),
    ...documentSizeProblems("key", documentIn(args, args.regions.primary), "secrets"),
  ];
}
