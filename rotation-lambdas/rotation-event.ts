/**
 * The event that Secrets Manager sends four times, once a step.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export interface RotationEvent {
  readonly Step: RotationStep;
  /** ARN. */
  readonly SecretId: string;
  /** Id of the version that is being made. */
  readonly ClientRequestToken: string;
  readonly RotationToken?: string;
}

export type RotationStep = "createSecret" | "setSecret" | "testSecret" | "finishSecret";

/** What a step found or did, for the log. Everything else is a RotationError. */
export type StepOutcome =
  | "created"
  | "seeded"
  | "already-created"
  | "changed"
  | "already-set"
  | "tested"
  | "tested-current"
  | "nothing-to-test"
  | "promoted"
  | "already-current";

/**
 * An event of our own, for whoever may invoke the function: it runs every check and changes nothing.
 *
 * @see `preflight`
 */
export interface CheckEvent {
  readonly Step: "check";
  /** ARN. */
  readonly SecretId: string;
}
