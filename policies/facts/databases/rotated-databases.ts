import { Graph, SecretNode } from "../../stack/graph";
import { Lookup } from "../../stack/join";
import { input, Resource, types } from "../../stack/resource";
import { readNumber, readString } from "../../stack/tri-state";

/** A database that a rotation function logs in to, and its port as far as it is known. */
export interface RotatedDatabase {
  readonly resource: Resource;
  readonly port: number | undefined;
}

const kinds: Readonly<
  Record<string, { readonly groups: string; readonly port: (engine: string) => number | undefined }>
> = {
  [types.dbInstance]: { groups: "vpcSecurityGroupIds", port: portOfEngine },
  [types.dbCluster]: { groups: "vpcSecurityGroupIds", port: portOfEngine },
  [types.docdbCluster]: { groups: "vpcSecurityGroupIds", port: () => 27017 },
  [types.redshiftCluster]: { groups: "vpcSecurityGroupIds", port: () => 5439 },
};

/** Properties of a database that list its security groups. */
export function databaseGroups({ type }: Resource): readonly string[] {
  const kind = kinds[type];
  return kind === undefined ? [] : [kind.groups];
}

/** The databases of the stack from which the secrets' values or the function's settings are computed. */
export function databasesOf(
  code: Resource,
  secrets: readonly SecretNode[],
  graph: Graph,
): readonly RotatedDatabase[] {
  const lookup = new Lookup(
    secrets.map(({ resource }) => resource),
    ["arn", "id", "name"],
  );
  const versions = graph
    .of(types.secretVersion)
    .filter((version) => lookup.follow(version, "secretId").kind === "inside");
  const sources = [
    ...(code.propertyDependencies?.environment ?? []),
    ...versions.flatMap((version) => version.propertyDependencies?.secretString ?? []),
  ];
  const urns = new Set(sources.map(({ urn }) => urn));
  return graph
    .of(...Object.keys(kinds))
    .filter(({ urn }) => urns.has(urn))
    .map((resource) => ({ resource, port: portOf(resource) }));
}

function portOf(database: Resource): number | undefined {
  const port = input(database, readNumber, "port");
  if (port.state === "known") return port.value;
  if (port.state === "unknown") return undefined;
  const engine = input(database, readString, "engine");
  return kinds[database.type]?.port(engine.state === "known" ? engine.value : "");
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Troubleshooting.html */
function portOfEngine(engine: string): number | undefined {
  if (/postgres/.test(engine)) return 5432;
  if (/mysql|mariadb|^aurora$/.test(engine)) return 3306;
  if (/^(custom-)?oracle/.test(engine)) return 1521;
  return /^(custom-)?sqlserver/.test(engine) ? 1433 : undefined;
}
