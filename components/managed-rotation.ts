import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { refuse, Schedule } from "./model";
import { rotationRules, timingProblems } from "./secret-rotation";

export interface ManagedRotationArgs {
  /**
   * ARN of the secret that the database service made and owns: `masterUserSecrets[0].secretArn` of RDS, Aurora and
   * DocumentDB, `masterPasswordSecretArn` of Redshift, `adminPasswordSecretArn` of Redshift Serverless.
   */
  readonly secretArn: pulumi.Input<string>;
  readonly region: string;
  readonly schedule: Schedule;
  /** Hours from the scheduled time within which a rotation starts, 1 to 24. @default AWS's own choice */
  readonly windowHours?: number;
  /** As of a shared secret; the component's name takes the place of the secret's. @default true */
  readonly spread?: boolean;
}

/**
 * The schedule of a secret that a database service rotates by itself, without a Lambda function. The service rotates
 * every seven days when nothing else is said; it alone may change the value and delete the secret.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_managed.html
 */
export class ManagedRotation extends pulumi.ComponentResource {
  /** @throws ConfigurationError when AWS would refuse the schedule */
  constructor(name: string, args: ManagedRotationArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`ManagedRotation ${name}`, timingProblems(args));
    super("strongroom:index:ManagedRotation", name, {}, opts);
    const { secretArn: secretId, region } = args;
    const inputs = { secretId, rotateImmediately: false, rotationRules: rotationRules(name, args), region };
    new secretsmanager.SecretRotation(name, inputs, { parent: this });
    this.registerOutputs();
  }
}

/** Services that make and rotate the password of their administrator themselves, by the resource that asks for it. */
const MANAGED_PASSWORD = {
  "rds-instance": ["manageMasterUserPassword", "masterUserSecretKmsKeyId"],
  "rds-cluster": ["manageMasterUserPassword", "masterUserSecretKmsKeyId"],
  "redshift-cluster": ["manageMasterPassword", "masterPasswordSecretKmsKeyId"],
  "redshift-serverless-namespace": ["manageAdminPassword", "adminPasswordSecretKmsKeyId"],
  /** Takes no key of its own: its secret is under the key that AWS manages. */
  "docdb-cluster": ["manageMasterUserPassword", undefined],
} as const;

/** A resource whose administrator's password its service can manage. */
export type ManagedPasswordResource = keyof typeof MANAGED_PASSWORD;

/**
 * The arguments with which a database's resource leaves the password of its administrator to its service, so that it
 * is in no program and in no state: `new rds.Cluster("orders", { ...managedPassword("rds-cluster", key.arn), … })`.
 *
 * @param keyArn customer-managed key of the secret
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function managedPassword<R extends Exclude<ManagedPasswordResource, "docdb-cluster">>(
  resource: R,
  keyArn: pulumi.Input<string>,
): { readonly [P in (typeof MANAGED_PASSWORD)[R][0]]: true } & {
  readonly [P in (typeof MANAGED_PASSWORD)[R][1]]: pulumi.Input<string>;
};
/** As above, for DocumentDB, which takes no key for it. */
export function managedPassword(resource: "docdb-cluster"): { readonly manageMasterUserPassword: true };
export function managedPassword(resource: ManagedPasswordResource, keyArn?: pulumi.Input<string>): object {
  const [isManaged, keyProperty] = MANAGED_PASSWORD[resource];
  return { [isManaged]: true, ...(keyProperty !== undefined && { [keyProperty]: keyArn }) };
}
