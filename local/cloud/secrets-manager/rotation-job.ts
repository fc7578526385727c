import { randomUUID } from "crypto";
import { Store } from "../core/store";
import { placeOf, putSecret, SecretRecord } from "./secret";
import { moveStage, PENDING } from "./stages";

/** A rotation under way: the steps that a function is still to be called for. */
export interface RotationJob {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
  readonly secretArn: string;
  readonly lambdaArn: string;
  /** Version id that the rotation is to make current. */
  readonly token: string;
  /** Proves to PutSecretValue that a writer acts for this rotation. */
  readonly rotationToken: string;
  /** `test`: only testSecret, on a version that is removed afterwards. */
  readonly kind: "rotate" | "test";
  /** How often it has failed. */
  readonly failures: number;
  /** Milliseconds since the epoch; not to be tried before. */
  readonly notBefore: number;
}

export const jobsOf = (store: Store) => store.table<RotationJob>("secretsmanager:rotations");

export function jobPlace(job: Pick<RotationJob, "accountId" | "region" | "name">): string {
  return placeOf(job.accountId, job.region, job.name);
}

export function jobOf(store: Store, secret: SecretRecord): RotationJob | undefined {
  return jobsOf(store).get(jobPlace(secret));
}

/** What a rotation begins with. */
export interface RotationStart {
  readonly kind: RotationJob["kind"];
  readonly token: string;
  readonly lambdaArn: string;
  readonly now: number;
}

/** Makes the version without a value that AWSPENDING points to, unless it is there, and queues the steps. */
export function queueRotation(store: Store, secret: SecretRecord, start: RotationStart): SecretRecord {
  const { token, kind, lambdaArn, now } = start;
  const placeholder = secret.versions[token] ?? { createdAt: now, stages: [], hasValue: false };
  const versions = moveStage({ ...secret.versions, [token]: placeholder }, PENDING, token);
  const changed = { ...secret, versions };
  putSecret(store, changed);
  const { accountId, region, name, arn: secretArn } = secret;
  const job: RotationJob = {
    accountId,
    region,
    name,
    secretArn,
    lambdaArn,
    token,
    rotationToken: randomUUID(),
    kind,
    failures: 0,
    notBefore: now,
  };
  jobsOf(store).put(jobPlace(job), job);
  return changed;
}
