import { Store, Table } from "../core/store";

export type OrganizationPolicyType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

export interface OrganizationRecord {
  readonly id: string;
  readonly rootId: string;
  readonly managementAccountId: string;
}

export interface OrganizationAccountRecord {
  readonly accountId: string;
  readonly name: string;
  /** Id of the root or of an organisational unit. */
  readonly parentId: string;
  readonly joinedAt: number;
}

export interface OrganizationalUnitRecord {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}

export interface OrganizationPolicyRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly type: OrganizationPolicyType;
  readonly isAwsManaged: boolean;
  readonly content: string;
  /** Ids of the root, units and accounts it is attached to. */
  readonly targetIds: readonly string[];
}

/** The one organisation of this cloud; absent when the accounts stand alone. */
export function organization(store: Store): OrganizationRecord | undefined {
  return store.table<OrganizationRecord>("organizations:organization").get("organization");
}

export function organizationAccounts(store: Store): Table<OrganizationAccountRecord> {
  return store.table("organizations:accounts");
}

export function organizationalUnits(store: Store): Table<OrganizationalUnitRecord> {
  return store.table("organizations:units");
}

export function organizationPolicies(store: Store): Table<OrganizationPolicyRecord> {
  return store.table("organizations:policies");
}
