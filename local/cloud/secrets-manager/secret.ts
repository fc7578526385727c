import { randomBytes } from "crypto";
import { Call } from "../core/operation";
import { Store } from "../core/store";

/** A secret in one Region: a primary, a replica or neither. All times in milliseconds since the epoch. */
export interface SecretRecord {
  readonly name: string;
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly description?: string;
  readonly type?: string;
  /** As the client wrote it; absent for the AWS-managed key. */
  readonly kmsKeyId?: string;
  /** Absent until the secret is first tagged, and empty when all tags were removed: AWS shows the difference. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The resource policy's text as it was put. */
  readonly policy?: string;
  readonly createdAt: number;
  readonly changedAt: number;
  /** Midnight UTC of the day of the last read. */
  readonly accessedAt?: number;
  /** When the secret can no longer be restored; present once it is marked for deletion. */
  readonly deletionAt?: number;
  /** By version id. */
  readonly versions: Readonly<Record<string, VersionRecord>>;
  readonly rotation?: RotationRecord;
  readonly owningService?: string;
  /** Present on a primary that has replicas, and on replicas. */
  readonly primaryRegion?: string;
  /** On a primary. */
  readonly replicas?: readonly ReplicaRecord[];
}

/** A version without its value. */
export interface VersionRecord {
  readonly createdAt: number;
  readonly stages: readonly string[];
  readonly accessedAt?: number;
  /** False for the AWSPENDING version that a rotation begins with. */
  readonly hasValue: boolean;
  /** Whether the rotation function, known by its session or its token, put the value. */
  readonly byRotationFunction?: boolean;
}

/** The rotation of a secret as RotateSecret set it. */
export interface RotationRecord {
  readonly isEnabled: boolean;
  readonly lambdaArn?: string;
  readonly rules?: RotationRules;
  readonly lastRotatedAt?: number;
  /** The next window, when the rotation is enabled and has a schedule. */
  readonly next?: { readonly startsAt: number; readonly endsAt: number };
  readonly externalMetadata?: readonly { readonly Key?: string; readonly Value?: string }[];
  readonly externalRoleArn?: string;
}

/** In the API's own form. */
export interface RotationRules {
  readonly AutomaticallyAfterDays?: number;
  readonly Duration?: string;
  readonly ScheduleExpression?: string;
}

/** A Region that a primary is replicated to. */
export interface ReplicaRecord {
  readonly region: string;
  readonly kmsKeyId?: string;
  readonly status: "InSync" | "Failed";
  readonly message?: string;
}

export const secretsOf = (store: Store) => store.table<SecretRecord>("secretsmanager:secrets");

/** Key of the table of secrets: a name is unique in an account and Region. */
export function placeOf(accountId: string, region: string, name: string): string {
  return `${accountId}/${region}/${name}`;
}

export function secretAt(store: Store, accountId: string, region: string, name: string) {
  return secretsOf(store).get(placeOf(accountId, region, name));
}

export function putSecret(store: Store, secret: SecretRecord): void {
  secretsOf(store).put(placeOf(secret.accountId, secret.region, secret.name), secret);
}

const SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** An ARN for a new secret: its name, a hyphen and six random characters. */
export function newSecretArn(call: Call, name: string): string {
  const suffix = [...randomBytes(6)].map((byte) => SUFFIX[byte % SUFFIX.length]).join("");
  return secretArn(call, call.accountId, `${name}-${suffix}`);
}

export function secretArn(call: Call, accountId: string, resource: string): string {
  return `arn:${call.partition}:secretsmanager:${call.region}:${accountId}:secret:${resource}`;
}

/** The ARN of the same secret in another Region. */
export function arnInRegion(arn: string, region: string): string {
  const parts = arn.split(":");
  return [...parts.slice(0, 3), region, ...parts.slice(4)].join(":");
}

export function isReplica(secret: SecretRecord): boolean {
  return secret.primaryRegion !== undefined && secret.primaryRegion !== secret.region;
}

/** The version that carries a label. */
export function versionWithStage(secret: SecretRecord, stage: string): string | undefined {
  return Object.keys(secret.versions).find((id) => secret.versions[id]!.stages.includes(stage));
}
