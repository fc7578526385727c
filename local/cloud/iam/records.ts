import { Store, Table } from "../core/store";

/** What users and roles have in common. Documents are kept as the text the client sent. */
export interface PrincipalRecord {
  readonly accountId: string;
  readonly name: string;
  /** Begins and ends with `/`. */
  readonly path: string;
  /** AIDA… for users, AROA… for roles. */
  readonly uniqueId: string;
  readonly arn: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Inline policy name -> document. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly attachedPolicyArns: readonly string[];
  readonly permissionsBoundaryArn?: string;
}

export type UserRecord = PrincipalRecord;

export interface RoleRecord extends PrincipalRecord {
  readonly trustPolicy: string;
  readonly description?: string;
  readonly maxSessionSeconds: number;
  readonly lastUsed?: { readonly at: number; readonly region: string };
}

export interface ManagedPolicyRecord {
  readonly accountId: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly policyId: string;
  readonly description?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly defaultVersionId: string;
  readonly nextVersion: number;
  readonly versions: readonly PolicyVersionRecord[];
}

export interface PolicyVersionRecord {
  readonly versionId: string;
  readonly document: string;
  readonly createdAt: number;
}

/** A long-term access key of a user. */
export interface AccessKeyRecord {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly userName: string;
  readonly sealedSecret: string;
  readonly isActive: boolean;
  readonly createdAt: number;
  readonly lastUsed?: { readonly at: number; readonly region: string; readonly service: string };
}

/** Key of a user or role in its table. */
export function principalKey(accountId: string, name: string): string {
  return `${accountId}/${name.toLowerCase()}`;
}

export function users(store: Store): Table<UserRecord> {
  return store.table("iam:users");
}

export function roles(store: Store): Table<RoleRecord> {
  return store.table("iam:roles");
}

/** By ARN. */
export function managedPolicies(store: Store): Table<ManagedPolicyRecord> {
  return store.table("iam:policies");
}

/** By access key id. */
export function accessKeys(store: Store): Table<AccessKeyRecord> {
  return store.table("iam:access-keys");
}

/** The role of an ARN `arn:<partition>:iam::<account>:role/<path><name>`, when it exists. */
export function roleByArn(store: Store, arn: string): RoleRecord | undefined {
  const match = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
  const record = match && roles(store).get(principalKey(match[1]!, match[2]!));
  return record && record.arn === arn ? record : undefined;
}
