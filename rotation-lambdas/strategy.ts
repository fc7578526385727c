import { Parsed } from "../components/model/credential";
import { RotationSettings } from "../components/model/rotation-settings";
import { PasswordPolicy } from "./password-policy";
import { TimeBudget } from "./time-budget";

/**
 * What is rotated and how: the payload, its next value, and the change on the server. `steps.ts` is written against
 * this and knows no database, so that keys and tokens of services rotate by the same steps.
 *
 * @typeParam Payload the secret's value, parsed
 */
export interface Strategy<Payload> {
  readonly name: string;
  parse(secretString: string): Parsed<Payload>;
  render(payload: Payload): string;
  /** The texts in a payload that must never be written anywhere. */
  secretTexts(payload: Payload): readonly string[];

  /**
   * The first value of an empty secret.
   * @throws RotationError `invalid-secret` when the settings hold no seed
   */
  seed(settings: RotationSettings): Payload;
  /** The value to stage as AWSPENDING. Changes nothing outside. */
  next(current: Payload, settings: RotationSettings): Payload;
  /**
   * For values that a service makes itself, such as access keys: used instead of `next`, after every check and right
   * before the value is stored. A stop in between leaves a key that no version names, which the next call removes.
   */
  issue?(from: Issue<Payload>): Promise<Payload>;
  /** Takes back what `issue` made, because another invocation stored its value first, or storing it is refused. */
  withdraw?(issued: Payload, surroundings: Surroundings): Promise<void>;
  /**
   * The fields in which `pending` is not what `next(current)`, or the seed, makes of it, the secret texts aside.
   * Somebody who may write a pending version must not be able to send the function to another server or user.
   */
  mismatches(pending: Payload, current: Payload | undefined, settings: RotationSettings): readonly string[];

  /** setSecret: makes `pending` valid on the server. May run twice, at once or after a crash at any point. */
  apply(change: Change<Payload>): Promise<ApplyOutcome>;
  /** testSecret: proves that `payload` works. */
  test(payload: Payload, surroundings: Surroundings): Promise<void>;
  /**
   * Whether the change of `apply` would be allowed, found out without a change. The current value has logged in by then.
   *
   * @throws RotationError as `apply` would
   */
  preflight?(from: Issue<Payload>): Promise<void>;
  /** What the server asks of a new password, found out without a change. Absent: the value is no password. */
  passwordPolicy?(from: Issue<Payload>): Promise<PasswordPolicy>;
  /** finishSecret, after AWSCURRENT has moved, and again whenever that step is repeated: removes what is no longer used. */
  afterPromotion?(change: Change<Payload>): Promise<void>;
}

export type ApplyOutcome = "changed" | "already-set";

export interface Change<Payload> extends Surroundings {
  readonly pending: Payload;
  /** Absent while the secret has its first value made. */
  readonly current?: Payload;
  /** AWSPREVIOUS, read only when asked for. */
  previous(): Promise<Payload | undefined>;
  /**
   * The values of every version with a stage, read anew; `unsettled` unless `pending` is AWSCURRENT and no other rotation
   * is under way, and when a value cannot be read.
   */
  staged(): Promise<readonly Payload[] | "unsettled">;
}

/** What a new value is made from. */
export interface Issue<Payload> extends Surroundings {
  readonly current?: Payload;
  /** AWSPREVIOUS, read only when asked for. */
  previous(): Promise<Payload | undefined>;
  /** The value that the version being made holds by now, when another invocation has stored one. */
  stored(): Promise<Payload | undefined>;
}

export interface Surroundings {
  readonly settings: RotationSettings;
  readonly budget: TimeBudget;
  /** ARN of the secret that is rotated. */
  readonly secretArn: string;
  /** Id of the version that is being made. */
  readonly versionId: string;
  /** Another secret's value at a stage; its text is redacted from then on. */
  readSecret(secretId: string, stage: "AWSCURRENT" | "AWSPENDING"): Promise<string | "absent">;
}
