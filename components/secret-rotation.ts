import * as secretsmanager from "@pulumi/aws/secretsmanager";
import { Problem, Schedule, scheduleFault, shown, spreadSchedule, wholeNumberProblems } from "./model";
import { RotationFunction } from "./rotation-function";

/** How a shared secret changes. Not rotating is a decision that has to be written down. */
export type SharedSecretRotation =
  | { readonly kind: "never"; readonly reason: string }
  | {
      readonly kind: "scheduled";
      readonly schedule: Schedule;
      /** Hours from the scheduled time within which a rotation starts, 1 to 24. @default AWS's own choice */
      readonly windowHours?: number;
      /**
       * Whether a schedule in days is shortened by up to a tenth, by the secret's name, so that secrets deployed together
       * do not rotate together.
       *
       * @default true
       */
      readonly spread?: boolean;
      /**
       * Whether the secret rotates as soon as it is deployed, and again at every later change of the schedule or of the
       * function, which no application may expect. False: the first rotation waits for the schedule, and AWS only runs
       * the testSecret step at once.
       *
       * @default false
       */
      readonly rotateImmediately?: boolean;
      readonly rotationFunction: RotationFunction;
    };

export type ScheduledRotation = Extract<SharedSecretRotation, { kind: "scheduled" }>;

/** What a scheduled rotation is to Secrets Manager, the secret and its Region aside. */
export function rotationInputs(
  secretName: string,
  rotation: ScheduledRotation,
): Omit<secretsmanager.SecretRotationArgs, "secretId"> {
  const { rotationFunction, rotateImmediately = false } = rotation;
  return {
    rotationLambdaArn: rotationFunction.arn,
    rotateImmediately,
    rotationRules: rotationRules(secretName, rotation),
  };
}

/** When a secret rotates. */
export interface RotationTiming {
  readonly schedule: Schedule;
  readonly windowHours?: number;
  readonly spread?: boolean;
}

/** The rules as AWS takes them. */
export function rotationRules(secretName: string, { schedule, windowHours, spread = true }: RotationTiming) {
  const effective = schedule.kind === "days" && spread ? spreadSchedule(secretName, schedule.days) : schedule;
  const when =
    effective.kind === "days"
      ? { automaticallyAfterDays: effective.days }
      : { scheduleExpression: effective.expression };
  return windowHours === undefined ? when : { ...when, duration: `${windowHours}h` };
}

/** What AWS would refuse of a schedule and its window. */
export function timingProblems({ schedule, windowHours }: RotationTiming): readonly Problem[] {
  const expected = scheduleFault(schedule);
  return [
    ...(expected === undefined ? [] : [{ path: "rotation.schedule", expected, got: shown(schedule) }]),
    ...wholeNumberProblems("rotation.windowHours", windowHours, 1, 24),
  ];
}
