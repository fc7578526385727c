import {
  allRegions,
  documentSizeProblems,
  endpointPolicy,
  keyPolicy,
  multiRegionKeyArnPattern,
  partitionOf,
  Problem,
  readerPolicy,
  RegionalAccess,
  secretArnPattern,
  secretPolicy,
} from "../components/model";
import { Environment, Reader, Workload } from "./environment";

/** Patterns of the ARNs in one Region of the secrets that a workload may read. */
export function grantedArns(environment: Environment, workload: Workload, region: string): readonly string[] {
  const location = { accountId: environment.centralAccountId, region };
  return environment.secrets
    .filter(({ grants }) => grants.some((grant) => grant.workload === workload.name))
    .map(({ name }) => secretArnPattern(location, name));
}

/** What a reader's identity policy allows: its secrets and their key, in every Region. */
export function readerAccess(environment: Environment, reader: Reader): readonly RegionalAccess[] {
  return allRegions(environment.regions).map((region) => {
    const location = { accountId: environment.centralAccountId, region };
    return {
      region,
      secretArns: reader.secretNames.map((name) => secretArnPattern(location, name)),
      keyArns: [multiRegionKeyArnPattern(location)],
    };
  });
}

/** Documents that would be larger than AWS takes, found before anything is made. */
export function documentProblems(environment: Environment): readonly Problem[] {
  const { organizationId, centralAccountId, regions, secrets, workloads, readers } = environment;
  const partition = partitionOf(regions.primary);
  const key = keyPolicy({
    location: { accountId: centralAccountId, region: regions.primary },
    organizationId,
    secrets,
  });
  return [
    ...documentSizeProblems("key", key, "secrets"),
    ...secrets.flatMap(({ grants }, index) => {
      const document = secretPolicy({ organizationId, grants, partition });
      return documentSizeProblems("resource", document, `secrets[${index}].grants`);
    }),
    ...workloads.flatMap((workload) => {
      const secretArns = grantedArns(environment, workload, regions.primary);
      const document = endpointPolicy({ organizationId, secretArns });
      return documentSizeProblems("endpoint", document, `workloads.${workload.name}`);
    }),
    ...readers.flatMap((reader, index) => {
      const document = readerPolicy(readerAccess(environment, reader));
      return documentSizeProblems("identity", document, `readers[${index}].secrets`);
    }),
  ];
}
