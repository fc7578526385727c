import { Operation } from "../core/operation";
import { Infer } from "../core/shape";
import { onSecret } from "./authorization";
import { invalidRequest } from "./errors";
import { findWritableSecret } from "./find-secret";
import { jobOf, jobPlace, jobsOf } from "./rotation-job";
import { putSecret } from "./secret";
import { justSecret } from "./shapes";

const input = justSecret();

/**
 * Turns the schedule off and stops a rotation under way; labels stay where the function left them.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CancelRotateSecret.html
 */
export const cancelRotateSecret: Operation<Infer<typeof input>> = {
  name: "CancelRotateSecret",
  input,
  authorize: (request, call) => [onSecret(call, "CancelRotateSecret", request.SecretId)],
  run(request, call) {
    const secret = findWritableSecret(call, request.SecretId);
    if (!secret.rotation) {
      throw invalidRequest("You can't cancel rotation for a secret that has no rotation configured.");
    }
    const { next: _none, ...rotation } = secret.rotation;
    putSecret(call.store, {
      ...secret,
      rotation: { ...rotation, isEnabled: false },
      changedAt: call.clock.now(),
    });
    const job = jobOf(call.store, secret);
    if (job) jobsOf(call.store).delete(jobPlace(job));
    return { ARN: secret.arn, Name: secret.name, ...(job?.kind === "rotate" && { VersionId: job.token }) };
  },
};
