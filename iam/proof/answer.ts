import { AccessRequest } from "../access-request";
import { Decision, PolicyWorld } from "../decision";

/** What is asked about each secret in each Region. */
export type ActionClass = "read" | "write" | "rotate" | "change-policy";

/** A principal by name, or everybody who remains of an account, of the organisation, or of the world. */
export type Who =
  | { readonly kind: "principal"; readonly arn: string; readonly accountId: string }
  /** Principals of the account that are not in the world's list, its root user among them. */
  | { readonly kind: "others-of-account"; readonly accountId: string }
  /** Principals of accounts of the organisation that are not in the world's list. */
  | { readonly kind: "others-of-organization"; readonly organizationId: string }
  /** Principals of accounts outside of the organisation that are not in the world's list. */
  | { readonly kind: "any-aws-principal" }
  | { readonly kind: "anonymous" }
  /** Anyone of whom an identity provider says what `under` asks for; the provider as `Federated` names it. */
  | { readonly kind: "federated"; readonly provider: string }
  /** An AWS service on its own behalf; `service` when one is named, such as `lambda.amazonaws.com`. */
  | { readonly kind: "aws-service"; readonly service?: string };

/** What one condition key must be. All that is given must hold. */
export interface Condition {
  /** As AWS writes it: `aws:SourceVpce`. For what is not known: what that is. */
  readonly key: string;
  /** Patterns of which the value matches one; empty for "any value". */
  readonly anyOf: readonly string[];
  /** Patterns of which the value matches none. */
  readonly noneOf: readonly string[];
  /** Whether the request may come without the key. */
  readonly absent: "must be" | "may be" | "must not be";
  /** The same as words: `aws:SourceVpce is vpce-1 or vpce-2`. */
  readonly text: string;
}

/** Conditions that must all hold; no condition means always. */
export type Conjunction = readonly Condition[];

/** Something that is not treated exactly and on which the answer hangs. */
export interface CannotTell {
  readonly kind: "document" | "condition-key" | "operator" | "value" | "relation" | "too-many-cases";
  /** What it is: the document's source, the key's name, the text. */
  readonly subject: string;
  readonly reason: string;
}

/** One request of a scenario, and the documents that decide it: `decide(request, world)` gives `decision`. */
export interface Step {
  readonly request: AccessRequest;
  readonly world: PolicyWorld;
  readonly decision: Decision;
}

/** Requests that one call of a principal sets off: `secretsmanager:GetSecretValue`, then `kms:Decrypt`. */
export interface Scenario {
  /** The API operation, such as `GetSecretValue`. */
  readonly operation: string;
  /** The VPC endpoint that the call comes through. */
  readonly endpointId?: string;
  readonly steps: readonly Step[];
}

/** Somebody who gets through, or of whom it cannot be told. */
export interface Access {
  readonly who: Who;
  /** The API operation that gets through. */
  readonly operation: string;
  /** Sufficient and together necessary; the shortest first. `[[]]`: always. */
  readonly under: readonly Conjunction[];
  /** A call that succeeds; absent when it cannot be told whether there is one. */
  readonly witness?: Scenario;
  /** Empty when `under` is exact. Otherwise `under` is an upper bound, and these decide. */
  readonly cannotTell: readonly CannotTell[];
}

/** Everyone who can do something with a secret in one Region. Who is not listed cannot. */
export interface CopyAnswer {
  readonly region: string;
  readonly arn: string;
  readonly accesses: Readonly<Record<ActionClass, readonly Access[]>>;
}

/** One step towards reading: who may do what, and whom or what it makes a reader. */
export interface PathStep {
  readonly who: Who;
  /** Such as `sts:AssumeRole`, `secretsmanager:PutResourcePolicy`, `iam:PassRole and lambda:CreateFunction`. */
  readonly by: string;
  /** ARN of the role, policy, function, secret or key that is used or changed. */
  readonly on: string;
  readonly under: readonly Conjunction[];
  readonly witness?: Scenario;
  readonly cannotTell: readonly CannotTell[];
}

/** Somebody who cannot read as things are, but can bring it about that they or another can. */
export interface IndirectAccess {
  readonly who: Who;
  /** From `who` to the reader; at least one step. */
  readonly path: readonly PathStep[];
  /** Who reads in the end: `who` itself, or another. */
  readonly reader: Who;
  readonly region: string;
}

/** All about one secret. */
export interface SecretAnswer {
  readonly secretId: string;
  readonly copies: readonly CopyAnswer[];
  /** The shortest path of each; those who can read at once are not listed. */
  readonly indirect: readonly IndirectAccess[];
}

/** Why somebody cannot read: a call that comes as close as any, with the first decision that denies it. */
export interface Refusal {
  readonly who: Who;
  readonly region: string;
  readonly scenario: Scenario;
  /** The step of the scenario that is denied. */
  readonly denied: Step;
}
