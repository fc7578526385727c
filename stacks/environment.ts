import { DatabaseAddress, Grant, Regions, RotationTimes, SecretSpec, Trust } from "../components/model";

/** One deployment of the platform: everything that differs between two environments, read and checked. */
export interface Environment {
  /** Name of the stack. */
  readonly name: string;
  readonly organizationId: string;
  /** The account that owns the keys and the secrets. */
  readonly centralAccountId: string;
  /** Where rotation functions reach the databases from; absent when they need no VPC. */
  readonly rotationNetwork?: RotationNetwork;
  /** Name of the role that the deployment assumes in each account. */
  readonly deployRole: string;
  readonly regions: Regions;
  readonly workloads: readonly Workload[];
  readonly databases: Readonly<Record<string, DatabaseAddress>>;
  readonly secrets: readonly EnvironmentSecret[];
  readonly managedRotations: readonly ManagedSecret[];
  readonly readers: readonly Reader[];
  /** Name of the key after `alias/`. */
  readonly keyAlias: string;
  /** Whether Pulumi refuses to delete keys and secrets. */
  readonly protect: boolean;
  readonly recoveryWindowDays: number;
}

/** Subnets and security groups of the central account. */
export interface RotationNetwork {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** An account that reads secrets. */
export interface Workload {
  readonly name: string;
  readonly accountId: string;
  readonly networks: readonly Network[];
}

/** A VPC of a workload that reads secrets; the platform puts an endpoint into it. */
export interface Network {
  readonly region: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** Addresses that may reach the endpoint; absent: members of its security group. */
  readonly cidr?: string;
}

export interface EnvironmentSecret extends SecretSpec {
  readonly grants: readonly WorkloadGrant[];
}

export interface WorkloadGrant extends Grant {
  readonly workload: string;
}

/** A secret that a database service made, owns and rotates; only its schedule is ours. */
export interface ManagedSecret extends RotationTimes {
  readonly name: string;
  readonly secretArn: string;
  /** The account that owns the database: the central one or a workload's. */
  readonly accountId: string;
  readonly region: string;
}

/** A role that the platform makes for a workload; others are made by the workload's own stack. */
export interface Reader {
  readonly workload: string;
  readonly roleName: string;
  readonly secretNames: readonly string[];
  readonly trust: Trust;
}
