import { Trust } from "../components/model";
import { ReaderDraft, SecretDraft, WorkloadDraft, EnvironmentDraft } from "./environment-config";
import { Environment, EnvironmentSecret, Reader, Workload } from "./environment";
import { scheduleOf } from "./environment-schedule";

type Whole<T> = T extends readonly (infer E)[]
  ? readonly Whole<NonNullable<E>>[]
  : T extends object
    ? { readonly [K in keyof T]-?: Whole<NonNullable<T[K]>> }
    : T;

type WholeDraft = Whole<EnvironmentDraft>;
type WholeWorkload = Whole<WorkloadDraft>;
type WholeSecret = Whole<SecretDraft>;
type WholeRotation = Extract<WholeSecret["rotation"], { kind: "scheduled" }>;

/**
 * The environment that a configuration without problems describes: defaults filled in, names followed.
 *
 * @param draft one in which no problem was found, so that everything required is there
 */
export function resolveEnvironment(name: string, draft: EnvironmentDraft): Environment {
  const config = draft as WholeDraft;
  const workloads = Object.entries(config.workloads).map(([key, workload]) => resolveWorkload(key, workload));
  return {
    name,
    organizationId: config.organization.id,
    centralAccountId: config.central.accountId,
    rotationNetwork: config.central.network,
    deployRole: config.deployRole,
    regions: config.regions,
    workloads,
    databases: config.databases ?? {},
    secrets: config.secrets.map((secret) => resolveSecret(secret, config, workloads)),
    readers: (config.readers ?? []).map(resolveReader),
    keyAlias: config.keyAlias ?? "strongroom-secrets",
    protect: config.protect ?? true,
    recoveryWindowDays: config.recoveryWindowDays ?? 30,
  };
}

function resolveWorkload(name: string, { accountId, networks }: WholeWorkload): Workload {
  return {
    name,
    accountId,
    networks: Object.entries(networks).map(([region, network]) => ({ region, ...network })),
  };
}

function resolveSecret(
  secret: WholeSecret,
  config: WholeDraft,
  workloads: readonly Workload[],
): EnvironmentSecret {
  const { name, description, owner, dataClass, rotation } = secret;
  const grants = (secret.grants ?? []).map((grant) => {
    const workload = workloads.find((it) => it.name === grant.workload)!;
    const vpcIds = workload.networks.map(({ vpcId }) => vpcId);
    return { workload: grant.workload, accountId: workload.accountId, roleNames: grant.roles, vpcIds };
  });
  const plan = rotation.kind === "never" ? rotation : resolveRotation(rotation, config);
  return { name, description, owner, dataClass, grants, rotation: plan };
}

function resolveRotation(rotation: WholeRotation, config: WholeDraft): EnvironmentSecret["rotation"] {
  const { kind, strategy, spread, rotateImmediately, windowHours, username, admin, firstValue } = rotation;
  return {
    kind,
    strategy,
    schedule: scheduleOf(rotation)!,
    spread: spread ?? true,
    rotateImmediately: rotateImmediately ?? false,
    windowHours,
    database: config.databases[rotation.database]!,
    username,
    admin,
    firstValue,
  };
}

function resolveReader(reader: Whole<ReaderDraft>): Reader {
  const trust: Trust = reader.trust;
  return { workload: reader.workload, roleName: reader.role, secretNames: reader.secrets, trust };
}
