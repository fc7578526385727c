import { randomUUID } from "crypto";
import { ServiceHost } from "../core/operation";
import { jobOf, queueRotation } from "./rotation-job";
import { isReplica, SecretRecord, secretsOf, versionWithStage } from "./secret";
import { CURRENT, PENDING } from "./stages";

/** Begins the rotations whose window has opened. */
export function queueScheduledRotations(host: ServiceHost): void {
  const now = host.clock.now();
  const due = [...secretsOf(host.store).values()].filter((secret) => isDue(host, secret, now));
  for (const secret of due) {
    const token = unfinished(secret) ?? randomUUID();
    const lambdaArn = secret.rotation!.lambdaArn!;
    host.store.transaction(() =>
      queueRotation(host.store, secret, { kind: "rotate", token, lambdaArn, now }),
    );
  }
}

function isDue(host: ServiceHost, secret: SecretRecord, now: number): boolean {
  const { rotation } = secret;
  if (!rotation?.isEnabled || rotation.lambdaArn === undefined || !rotation.next) return false;
  if (secret.deletionAt !== undefined || isReplica(secret)) return false;
  return rotation.next.startsAt <= now && !jobOf(host.store, secret);
}

/** The version that an earlier rotation left pending: it is finished rather than replaced. */
function unfinished(secret: SecretRecord): string | undefined {
  const pending = versionWithStage(secret, PENDING);
  return pending === versionWithStage(secret, CURRENT) ? undefined : pending;
}
