import { Proof } from "../enumerate";
import { Violation } from "../invariants";
import { Trial } from "../trial";
import { Fault, recover } from "./fault";
import { rotateWith, stepsWithPending } from "./interference";

const replicaRegion = "eu-central-1";

const promoted: Fault = {
  id: "F32",
  title: "a replica is promoted in the middle; it keeps a value that logs in",
  async run(proof) {
    const violations: Violation[] = [];
    for (const step of stepsWithPending) {
      const where = `replica promoted before ${step}`;
      const { trial, token, attempt } = await rotateWith(proof, step, (_event, { subject, cloud }) =>
        promote({ subject, cloud }),
      );
      violations.push(...(await recover(proof, trial, token, attempt, where)));
      violations.push(...(await checkReplica(proof, trial, where)));
    }
    return { points: stepsWithPending.length, violations };
  },
};

async function promote({ cloud, subject }: Pick<Trial, "cloud" | "subject">): Promise<void> {
  const SecretId = subject.secretArn;
  await cloud.call("ReplicateSecretToRegions", { SecretId, AddReplicaRegions: [{ Region: replicaRegion }] });
  await cloud.call("StopReplicationToReplica", { SecretId: inReplicaRegion(SecretId) }, replicaRegion);
}

/** AWSCURRENT of a copy stays where it was: where a previous value works it does, else AWSPENDING must. */
async function checkReplica({ subject }: Proof, { cloud, subject: own }: Trial, where: string) {
  const SecretId = inReplicaRegion(own.secretArn);
  const accepts = async (VersionStage: string) => {
    const { SecretString } = await cloud.call("GetSecretValue", { SecretId, VersionStage }, replicaRegion);
    return own.logIn(SecretString);
  };
  if (await accepts("AWSCURRENT")) return [];
  const what = "the promoted replica's AWSCURRENT is refused";
  if (subject.previousWorks) return [{ invariant: "reachable", where, what } as const];
  return (await accepts("AWSPENDING"))
    ? []
    : [{ invariant: "reachable", where, what: `${what}, and AWSPENDING too` } as const];
}

function inReplicaRegion(arn: string): string {
  const [prefix, partition, service, , ...rest] = arn.split(":");
  return [prefix, partition, service, replicaRegion, ...rest].join(":");
}

/** Faults of replicated secrets. */
export const promotedReplicaFaults: readonly Fault[] = [promoted];
