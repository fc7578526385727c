import { CompiledPolicy } from "./compiled-policy";

/** A policy and where it is attached, for the explanation: "inline policy read of role orders-service". */
export interface AttachedPolicy {
  readonly source: string;
  readonly policy: CompiledPolicy;
}

/** Every document that bears on one request. Absent means "no such document". */
export interface PolicyWorld {
  /** Identity policies of the caller (a user's with those of the groups; a role's for its sessions). */
  readonly identity: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
  /** Session policies; absent when the session was made without any. */
  readonly session?: readonly AttachedPolicy[];
  /** The resource's own policy: secret policy, trust policy, function policy. For KMS: the key policy. */
  readonly resource?: AttachedPolicy;
  /** The policy of the VPC endpoint the request came through; absent when it came through none. */
  readonly endpoint?: AttachedPolicy;
  /**
   * Service control policies by level, root first, then organisational units, then the account. Absent when the
   * caller's account is in no organisation or is the management account.
   */
  readonly scps?: readonly (readonly AttachedPolicy[])[];
  /** Resource control policies of the resource's account, by level as above, with the same absences. */
  readonly rcps?: readonly (readonly AttachedPolicy[])[];
  /** Grants of the KMS key, already narrowed to the key; only KMS requests look at them. */
  readonly grants?: readonly KmsGrant[];
}

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export interface KmsGrant {
  readonly grantId: string;
  /** ARN of a user, role, role session or account root, or a service principal. */
  readonly granteePrincipal: string;
  /** Such as `Decrypt`, without the service prefix. */
  readonly operations: readonly string[];
  readonly encryptionContextSubset?: Readonly<Record<string, string>>;
  readonly encryptionContextEquals?: Readonly<Record<string, string>>;
}

/** One statement of one document, as the explanation names it. */
export interface StatementRef {
  readonly source: string;
  /** Zero-based. */
  readonly index: number;
  readonly sid?: string;
}

/** Kinds of document that can be what is missing. */
export type PolicyKind = "identity" | "boundary" | "session" | "resource" | "endpoint" | "scp" | "rcp";

export type Decision =
  | { readonly allowed: true; readonly by: AllowReason }
  | { readonly allowed: false; readonly because: DenyReason };

export type AllowReason =
  /** The statement that allowed on the side that decides; for cross-account requests both sides. */
  | { readonly kind: "statements"; readonly statements: readonly StatementRef[] }
  | { readonly kind: "grant"; readonly grantId: string }
  /** The account's root user needs no identity policy in its own account. */
  | { readonly kind: "root" };

export type DenyReason =
  | { readonly kind: "explicit-deny"; readonly policyKind: PolicyKind; readonly statement: StatementRef }
  /** No statement of this kind of document allows it; `sources` are the documents that were looked at. */
  | { readonly kind: "not-allowed"; readonly policyKind: PolicyKind; readonly sources: readonly string[] }
  /** Cross-account request to a resource that has no resource policy. */
  | { readonly kind: "no-resource-policy" }
  /** The key policy does not trust the account, so identity policies and the like count for nothing. */
  | { readonly kind: "key-policy-does-not-delegate"; readonly accountId: string }
  | { readonly kind: "anonymous-not-allowed" };
