import { Trust } from "../components/model";
import { ReaderDraft, SecretDraft, WorkloadDraft, EnvironmentDraft } from "./environment-config";
import { Environment, EnvironmentSecret, Reader, Workload } from "./environment";
import { resolveManaged, resolveRotation } from "./resolve-rotation";
import { Whole } from "./whole";

type WholeDraft = Whole<EnvironmentDraft>;
type WholeWorkload = Whole<WorkloadDraft>;
type WholeSecret = Whole<SecretDraft>;

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
    managedRotations: Object.entries(config.managedRotations ?? {}).map(([key, it]) =>
      resolveManaged(key, it),
    ),
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
  return { name, description, owner, dataClass, grants, rotation: resolveRotation(rotation, config) };
}

function resolveReader(reader: Whole<ReaderDraft>): Reader {
  const trust: Trust = reader.trust;
  return { workload: reader.workload, roleName: reader.role, secretNames: reader.secrets, trust };
}
