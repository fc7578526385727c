import { Provider } from "@pulumi/aws/provider";
import type { Region } from "@pulumi/aws";
import { ManagedRotation, SecretReader, SecretsEndpoint, SecretsKey, SharedSecret } from "../components";
import { partitionOf, roleArn } from "../components/model";
import { produce } from "./contract";
import { deployRotation, RotationSurroundings } from "./deploy-rotation";
import { DeploymentFiles } from "./deployment-files";
import { Environment, EnvironmentSecret, Workload } from "./environment";
import { grantedArns, readerAccess } from "./environment-documents";
import { adminOf } from "./rotation-plan";

/** Builds an environment: the key and the secrets in the central account, endpoints and roles in the workloads'. */
export function deploy(environment: Environment, files: DeploymentFiles): ReturnType<typeof produce> {
  const central = accountProvider(environment, "central", environment.centralAccountId);
  const key = deployKey(environment, central);
  const secrets = deploySecrets({ environment, files, key, provider: central });
  const providers = new Map([[environment.centralAccountId, central]]);
  const workloads = environment.workloads.map((workload) => {
    const provider = accountProvider(environment, workload.name, workload.accountId);
    providers.set(workload.accountId, provider);
    return deployWorkload(environment, workload, provider);
  });
  for (const { name, accountId, ...managed } of environment.managedRotations)
    new ManagedRotation(name, managed, { provider: providers.get(accountId)! });
  return produce({
    organizationId: environment.organizationId,
    centralAccountId: environment.centralAccountId,
    regions: environment.regions,
    keyArns: key.arns,
    secrets: Object.fromEntries(
      environment.secrets.map((spec) => [spec.name, secretContract(spec, secrets)]),
    ),
    workloads: Object.fromEntries(workloads),
  });
}

type Secrets = ReadonlyMap<string, SharedSecret>;

/** One provider an account; resources of other Regions say so themselves. */
function accountProvider(environment: Environment, name: string, accountId: string): Provider {
  const { deployRole, regions } = environment;
  return new Provider(name, {
    region: regions.primary as Region,
    allowedAccountIds: [accountId],
    assumeRoles: [{ roleArn: roleArn(accountId, deployRole, partitionOf(regions.primary)) }],
  });
}

function deployKey(environment: Environment, provider: Provider): SecretsKey {
  const { organizationId, regions, secrets, keyAlias: alias, protect } = environment;
  const accountId = environment.centralAccountId;
  return new SecretsKey(
    "secrets",
    { accountId, organizationId, regions, alias, secrets, protect },
    { provider },
  );
}

/** What every secret of an environment is made with. */
interface Central extends RotationSurroundings {
  readonly key: SecretsKey;
}

/** Administrators' secrets come first: the others' rotation functions know them by their ARN. */
function deploySecrets(central: Central): Secrets {
  const { secrets: specs } = central.environment;
  const secrets = new Map<string, SharedSecret>();
  const withoutAdmin = specs.filter((spec) => adminOf(spec.rotation) === undefined);
  const withAdmin = specs.filter((spec) => adminOf(spec.rotation) !== undefined);
  for (const spec of [...withoutAdmin, ...withAdmin])
    secrets.set(spec.name, deploySecret(central, spec, secrets));
  return secrets;
}

function deploySecret(central: Central, spec: EnvironmentSecret, others: Secrets): SharedSecret {
  const { key, provider } = central;
  const { organizationId, regions, protect, recoveryWindowDays } = central.environment;
  const { name, description, owner, dataClass, grants, rotation } = spec;
  const common = { organizationId, regions, protect, recoveryWindowDays, keyArns: key.arns };
  const described = { secretName: name, description, owner, dataClass, grants };
  const plan =
    rotation.kind === "never"
      ? rotation
      : {
          ...rotation,
          kind: "scheduled" as const,
          rotationFunction: deployRotation(central, name, rotation, others.get(rotation.admin ?? "")?.arn),
        };
  return new SharedSecret(name, { ...common, ...described, rotation: plan }, { provider });
}

function secretContract(spec: EnvironmentSecret, secrets: Secrets) {
  const firstValue = spec.rotation.kind === "never" ? "out-of-band" : spec.rotation.firstValue;
  return { arns: secrets.get(spec.name)!.arns, firstValue } as const;
}

function deployWorkload(environment: Environment, workload: Workload, provider: Provider) {
  const endpoints = workload.networks.flatMap((network) => {
    const { region, vpcId, subnetIds, cidr: clientCidr } = network;
    const secretArns = grantedArns(environment, workload, region);
    if (secretArns.length === 0) return []; // an endpoint that lets nothing through would only cost
    const { organizationId } = environment;
    const args = { region, vpcId, subnetIds, clientCidr, organizationId, secretArns };
    return [[region, new SecretsEndpoint(`${workload.name}-${region}`, args, { provider })] as const];
  });
  const readers = environment.readers.filter((reader) => reader.workload === workload.name);
  const roleArns = readers.map((reader) => {
    const { roleName, trust } = reader;
    const description = `Reads ${reader.secretNames.join(", ")}`;
    const args = { roleName, description, trust, access: readerAccess(environment, reader) };
    return [roleName, new SecretReader(`${workload.name}-${roleName}`, args, { provider }).roleArn] as const;
  });
  const exported = {
    accountId: workload.accountId,
    vpcIds: Object.fromEntries(workload.networks.map(({ region, vpcId }) => [region, vpcId])),
    endpointIds: Object.fromEntries(endpoints.map(([region, { endpointId }]) => [region, endpointId])),
    readerRoleArns: Object.fromEntries(roleArns),
  };
  return [workload.name, exported] as const;
}
