import { RequestContext } from "../access-request";
import { CopyAnswer, Refusal, Scenario, SecretAnswer } from "./answer";
import { WayNotFollowed } from "./ways-not-followed";

/** A call to replay: as the proof would make it, with what is given instead. */
export interface Replay {
  readonly secretId: string;
  /** @default the primary's */
  readonly region?: string;
  /** ARN of a role, a user, a session or an account's root; a service such as `lambda.amazonaws.com`; `anonymous`. */
  readonly principal: string;
  /** @default GetSecretValue */
  readonly operation?: string;
  /** Id of the VPC endpoint the call comes through. */
  readonly endpointId?: string;
  /** Condition keys of the request, in any case, over those the proof would give. */
  readonly context?: RequestContext;
}

/** Which indirect access is asked about. */
export interface IndirectOptions {
  /**
   * Leave out assumed principals whose path stays within their own account, where administrators can do it anyway.
   *
   * @default false
   */
  readonly withoutOwnAffairs?: boolean;
}

/** The answers about one world; each is worked out when it is asked for, and shares what others needed. */
export interface AccessProof {
  /** Direct and indirect access. @throws Error when there is no such secret */
  readonly secret: (secretId: string, given?: IndirectOptions) => SecretAnswer;
  /** Direct access only, cheaper. @throws Error when there is no such secret */
  readonly direct: (secretId: string) => readonly CopyAnswer[];
  /**
   * For someone who should read and cannot: the first denial. `undefined` when they can, or it cannot be told.
   *
   * @throws Error when there is no such secret or principal
   */
  readonly refusal: (secretId: string, region: string, principalArn: string) => Refusal | undefined;
  /**
   * Every decision of one call, also those after a denial. Works for any principal: of one that is not in the world
   * its account is taken to allow everything.
   *
   * @throws Error when there is no such secret, Region, operation or endpoint
   */
  readonly replay: (call: Replay) => Scenario;
  /** Ways to a secret's value that no answer covers. */
  readonly notFollowed: readonly WayNotFollowed[];
  /** What the work so far has cost. */
  readonly counts: () => Counts;
}

export interface Counts {
  /** Principal (or class) and secret copy that were looked at closely. */
  readonly pairs: number;
  /** Branches of the search. */
  readonly branches: number;
}
