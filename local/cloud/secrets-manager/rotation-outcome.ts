import { ServiceHost } from "../core/operation";
import { jobPlace, jobsOf, RotationJob } from "./rotation-job";
import { nextOf, rotated } from "./rotation-schedule";
import { putSecret, secretAt, SecretRecord, versionWithStage } from "./secret";
import { CURRENT, moveStage, PENDING } from "./stages";
import { deleteValue } from "./secret-value";

/** A rotation is tried again this often, after so many seconds each time. */
const RETRY_SECONDS = [2, 4, 8];

/** Writes an event of the service itself: its subject is in `additionalEventData`, as AWS has it. */
export function recordEvent(host: ServiceHost, job: RotationJob, eventName: string, error?: Error): void {
  host.recordServiceEvent({
    eventSource: "secretsmanager.amazonaws.com",
    eventName,
    region: job.region,
    accountId: job.accountId,
    additionalEventData: { SecretId: job.secretArn },
    ...(error && { errorMessage: error.message }),
  });
}

export function settleSuccess(host: ServiceHost, job: RotationJob): void {
  host.store.transaction(() => {
    const secret = endJob(host, job);
    if (!secret?.rotation || job.kind === "test") return;
    putSecret(host.store, { ...secret, rotation: rotated(secret.rotation, host.clock.now()) });
  });
  recordEvent(host, job, job.kind === "test" ? "TestRotationSucceeded" : "RotationSucceeded");
}

/** Tries again later, or gives up with AWSPENDING left where it is: the next rotation resumes with that version. */
export function settleFailure(host: ServiceHost, job: RotationJob, error: Error): void {
  const now = host.clock.now();
  const waitSeconds = job.kind === "test" ? undefined : RETRY_SECONDS[job.failures];
  if (waitSeconds !== undefined) {
    const retry = { ...job, failures: job.failures + 1, notBefore: now + waitSeconds * 1000 };
    jobsOf(host.store).put(jobPlace(job), retry);
    return;
  }
  host.store.transaction(() => {
    const secret = endJob(host, job);
    if (!secret?.rotation || job.kind === "test") return;
    const { next: _missed, ...rotation } = secret.rotation;
    putSecret(host.store, { ...secret, rotation: { ...rotation, ...nextOf(rotation, now) } });
  });
  recordEvent(host, job, job.kind === "test" ? "TestRotationFailed" : "RotationFailed", error);
}

/** Someone took AWSPENDING off the version: there is nothing left to rotate to. */
export function isAbandoned(host: ServiceHost, job: RotationJob): boolean {
  const secret = secretAt(host.store, job.accountId, job.region, job.name);
  if (!secret || secret.deletionAt !== undefined) return true;
  return versionWithStage(secret, PENDING) !== job.token && versionWithStage(secret, CURRENT) !== job.token;
}

export function abandon(host: ServiceHost, job: RotationJob): void {
  host.store.transaction(() => endJob(host, job));
  recordEvent(host, job, "RotationAbandoned");
}

/** Takes the job off the list; a test's version goes with it. */
function endJob(host: ServiceHost, job: RotationJob): SecretRecord | undefined {
  jobsOf(host.store).delete(jobPlace(job));
  const secret = secretAt(host.store, job.accountId, job.region, job.name);
  if (!secret || job.kind !== "test") return secret;
  const { [job.token]: _test, ...versions } = moveStage(secret.versions, PENDING, undefined);
  deleteValue(host.store, secret.arn, job.token);
  const changed = { ...secret, versions };
  putSecret(host.store, changed);
  return changed;
}
