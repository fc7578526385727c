import { ServiceHost } from "../core/operation";
import { jobPlace, jobsOf, RotationJob } from "./rotation-job";
import { abandon, isAbandoned, recordEvent, settleFailure, settleSuccess } from "./rotation-outcome";
import { secretAt, versionWithStage } from "./secret";
import { CURRENT } from "./stages";

const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

const hosts = new WeakMap<ServiceHost["store"], ServiceHost>();
const running = new WeakMap<ServiceHost["store"], Map<string, Promise<void>>>();

/** Makes the host known to {@link startPromptly}. */
export function rememberHost(host: ServiceHost): void {
  hosts.set(host.store, host);
}

/** Runs what is queued as soon as the request that queued it is answered; without a host, the next tick does. */
export function startPromptly(store: ServiceHost["store"]): void {
  const host = hosts.get(store);
  if (host) setImmediate(() => runDueRotations(host));
}

/** Starts each rotation that is due and not yet running. When the state cannot be written, the job stays queued. */
export function runDueRotations(host: ServiceHost): void {
  const busy = running.get(host.store) ?? new Map<string, Promise<void>>();
  running.set(host.store, busy);
  const now = host.clock.now();
  for (const job of [...jobsOf(host.store).values()]) {
    const place = jobPlace(job);
    if (job.notBefore > now || busy.has(place)) continue;
    const work = attempt(host, job)
      .catch((error: Error) => process.stderr.write(`${error.stack}\n`))
      .then(() => void busy.delete(place));
    busy.set(place, work);
  }
}

/** One attempt: all steps in order. Secrets Manager retries a rotation as a whole. */
async function attempt(host: ServiceHost, job: RotationJob): Promise<void> {
  if (job.failures === 0 && job.kind === "rotate") recordEvent(host, job, "RotationStarted");
  const failure = await runSteps(host, job).catch((error: Error) => error);
  if (!isCurrentJob(host, job)) return;
  if (failure) settleFailure(host, job, failure);
  else settleSuccess(host, job);
}

async function runSteps(host: ServiceHost, job: RotationJob): Promise<Error | undefined> {
  const steps = job.kind === "test" ? (["testSecret"] as const) : STEPS;
  for (const step of steps) {
    if (!isCurrentJob(host, job)) return undefined;
    if (isAbandoned(host, job)) {
      abandon(host, job);
      return undefined;
    }
    await invoke(host, job, step);
    if (step === "createSecret" && isForeignPending(host, job)) return foreignPending(job);
  }
  return job.kind === "rotate" && !isTokenCurrent(host, job)
    ? new Error("The rotation function did not move AWSCURRENT to the pending version.")
    : undefined;
}

async function invoke(host: ServiceHost, job: RotationJob, step: string): Promise<void> {
  const [, , , region, accountId] = job.lambdaArn.split(":");
  const event = {
    Step: step,
    SecretId: job.secretArn,
    ClientRequestToken: job.token,
    RotationToken: job.rotationToken,
  };
  const target = {
    service: "lambda",
    operation: "Invoke",
    region: region ?? job.region,
    accountId: accountId ?? job.accountId,
    sourceArn: job.secretArn,
  };
  const input = {
    FunctionName: job.lambdaArn,
    InvocationType: "RequestResponse",
    Payload: Buffer.from(JSON.stringify(event)),
  };
  const answer = (await host.asService("secretsmanager.amazonaws.com", target, input)) as {
    readonly FunctionError?: string;
    readonly Payload?: Uint8Array;
  };
  if (answer.FunctionError) throw new Error(`${step}: ${errorText(answer.Payload) ?? answer.FunctionError}`);
}

function errorText(payload: Uint8Array | undefined): string | undefined {
  try {
    return (JSON.parse(Buffer.from(payload ?? "").toString()) as { errorMessage?: string }).errorMessage;
  } catch {
    return undefined;
  }
}

/** The job may have been cancelled, or the secret deleted, meanwhile. */
function isCurrentJob(host: ServiceHost, job: RotationJob): boolean {
  return jobsOf(host.store).get(jobPlace(job))?.rotationToken === job.rotationToken;
}

function isForeignPending(host: ServiceHost, job: RotationJob): boolean {
  const version = secretAt(host.store, job.accountId, job.region, job.name)?.versions[job.token];
  return job.kind === "rotate" && version?.hasValue === true && version.byRotationFunction !== true;
}

function foreignPending(job: RotationJob): Error {
  return new Error(
    `Pending secret version ${job.token} for Secret ${job.secretArn} was not created by Lambda ${job.lambdaArn}. Remove the AWSPENDING staging label and restart rotation.`,
  );
}

function isTokenCurrent(host: ServiceHost, job: RotationJob): boolean {
  const secret = secretAt(host.store, job.accountId, job.region, job.name);
  return secret !== undefined && versionWithStage(secret, CURRENT) === job.token;
}
