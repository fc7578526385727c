import { AttachedPolicy, KmsGrant } from "../decision";

/**
 * A document of the world: read and compiled, or not known yet. What an unknown document bears on is answered "cannot
 * tell". A document of which only some values are unknown is given compiled, with symbols in place of those values
 * (see `symbolFor`).
 */
export type WorldDocument = AttachedPolicy | UnknownDocument;

export interface UnknownDocument {
  /** As in an attached policy: "inline policy read of role orders-service". */
  readonly source: string;
  /** Why it is not known and what will decide it, such as "depends on aws:kms/key:Key main, made in this update". */
  readonly unknown: string;
}

/** Policies of an organisation by level: root first, then organisational units, then the account. */
export type Levels = readonly (readonly WorldDocument[])[];

/** Everything that decides who can do what with the secrets. Immutable; ARNs and ids are unique in their lists. */
export interface AccessWorld {
  readonly organization?: Organization;
  /** Accounts that are told apart. Others are "other accounts of the organisation" or "any AWS principal". */
  readonly accounts: readonly Account[];
  readonly principals: readonly NamedPrincipal[];
  readonly secrets: readonly Secret[];
  readonly keys: readonly Key[];
  readonly endpoints: readonly Endpoint[];
  readonly functions: readonly LambdaFunction[];
  /** Groups of users that a user may be put into. */
  readonly groups?: readonly Group[];
  /**
   * ISO 8601: no request is made before, so that a permission that has ended gives nothing.
   *
   * @default 2026-01-01T00:00:00Z
   */
  readonly since?: string;
}

export interface Organization {
  /** Such as `o-a1b2c3d4e5`. */
  readonly id: string;
  readonly managementAccountId: string;
  /**
   * Policies that member accounts which are not listed have at least: those of the root. Absent: the organisation has
   * no policies of that type enabled.
   */
  readonly rootScps?: readonly WorldDocument[];
}

export interface Account {
  /** Twelve digits. */
  readonly id: string;
  /**
   * `aws:PrincipalOrgPaths` of its principals, such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`, of the world's
   * organisation. Absent for an account that is in none.
   */
  readonly organizationPath?: string;
  /** Absent when the account is in no organisation, is the management account, or SCPs are not enabled. */
  readonly scps?: Levels;
  /** As `scps`, of resource control policies. */
  readonly rcps?: Levels;
}

/** A role (for all its sessions) or a user that is known with all its policies. */
export interface NamedPrincipal {
  readonly kind: "role" | "user";
  /** `arn:aws:iam::<account>:role/<path><name>` or `…:user/<path><name>`. */
  readonly arn: string;
  readonly accountId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Inline and attached, a user's with those of the groups. */
  readonly identity: readonly WorldDocument[];
  readonly boundary?: WorldDocument;
  /** ARN of the managed policy that is the boundary. */
  readonly boundaryArn?: string;
  /** ARNs of the managed policies that it has, a user's with those of the groups. */
  readonly managedPolicies?: readonly string[];
  /** ARNs of the groups; users only. */
  readonly groups?: readonly string[];
  /** The trust policy; roles only. */
  readonly trust?: WorldDocument;
  /** Policies that every session of the role has. Absent: a session may have none. */
  readonly session?: readonly WorldDocument[];
  /** Its own policies are not known, and are taken to allow everything: `identity` says so. */
  readonly assumed?: true;
}

/** A group of users. Users that are in it have its policies among their own. */
export interface Group {
  /** `arn:aws:iam::<account>:group/<path><name>`. */
  readonly arn: string;
  readonly accountId: string;
  readonly identity: readonly WorldDocument[];
}

/** A secret with its copies: the primary first, then its replicas. */
export interface Secret {
  /** What the caller calls it by: a URN, or the name. */
  readonly id: string;
  readonly name: string;
  readonly copies: readonly SecretCopy[];
}

/** A secret in one Region. */
export interface SecretCopy {
  readonly region: string;
  readonly accountId: string;
  /** With a symbol for the last six characters while they are not known. */
  readonly arn: string;
  readonly policy?: WorldDocument;
  /** ARN of the key, or the alias of the AWS managed key of the account and Region. */
  readonly key: string | typeof MANAGED_KEY;
  readonly tags: Readonly<Record<string, string>>;
  /** Region of the primary; given for secrets that are replicated. */
  readonly primaryRegion?: string;
  /** ARN of its rotation function. */
  readonly rotationFunction?: string;
}

/** The AWS managed key of Secrets Manager: serves only its own account, only through the service. */
export const MANAGED_KEY = "aws/secretsmanager";

export interface Key {
  readonly arn: string;
  readonly accountId: string;
  readonly policy: WorldDocument;
  readonly grants: readonly KmsGrant[];
  /** Aliases, `alias/orders`. */
  readonly aliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** @default false */
  readonly multiRegion?: boolean;
}

/** An interface endpoint. Requests through it carry its id, VPC and account. */
export interface Endpoint {
  readonly id: string;
  readonly vpcId: string;
  readonly accountId: string;
  readonly region: string;
  /** Such as `secretsmanager`, without `com.amazonaws.<Region>.`. */
  readonly service: string;
  /** Absent: full access. */
  readonly policy?: WorldDocument;
}

/** A Lambda function: whoever changes its code acts as its role. */
export interface LambdaFunction {
  readonly arn: string;
  readonly accountId: string;
  readonly roleArn: string;
  readonly policy?: WorldDocument;
}

/** Whether the document can be read. */
export function isKnown(document: WorldDocument): document is AttachedPolicy {
  return "policy" in document;
}
