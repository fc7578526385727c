import { CrashRecorder } from "../crash-recorder";
import { Proof } from "../enumerate";
import { RotationCall } from "../in-process-lambda";
import { Attempt } from "../proof-cloud";
import { Trial } from "../trial";
import { newTrial } from "./fault";

/** The steps before which a new value is there. */
export const stepsWithPending = ["setSecret", "testSecret", "finishSecret"] as const;

export const allSteps = ["createSecret", ...stepsWithPending] as const;

/** A rotation in the middle of which somebody else did something, up to the end of its first attempt. */
export interface Interfered {
  readonly trial: Trial;
  readonly token: string;
  readonly attempt: Attempt;
}

/** Rotates a new secret, and before one step does what `interfere` does. */
export async function rotateWith(
  proof: Proof,
  step: string,
  interfere: (event: RotationCall, trial: Trial) => Promise<unknown>,
): Promise<Interfered> {
  const trial = await newTrial(proof);
  const code = trial.code(new CrashRecorder());
  let lastCall: Promise<unknown> = Promise.resolve();
  const withOthers = async (event: RotationCall) => {
    if (event.Step === step) await interfere(event, trial);
    return code(event);
  };
  const { token, attempt } = await proof.cloud.rotate(trial.subject.secretArn, (event) => {
    lastCall = withOthers(event);
    return lastCall;
  });
  // Secrets Manager does not wait for the function of a rotation that was cancelled.
  await lastCall.catch(() => undefined);
  return { trial, token, attempt };
}
