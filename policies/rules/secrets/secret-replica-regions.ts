import { undecided, violation } from "../../findings";
import { Graph, ReplicaNode, SecretNode } from "../../stack/graph";
import { Link } from "../../stack/join";
import { parseArn, regionOf } from "../../stack/location";
import { Organization } from "../../organization";
import { deciders, label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { known, Tri } from "../../stack/tri-state";

const remediation =
  "Replicate to allowed Regions only, never to the secret's own, and give each replica a key of its Region";

/** SM-13. */
export const secretReplicaRegions = graphRule({
  id: "secret-replica-regions",
  code: "SM-13",
  title: "Replicas stay in allowed Regions, each under a key of its own Region",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "CP-9" },
    { name: "GDPR", version: "2016/679", reference: "Art. 44" },
  ],
  mapsTo: {},
  remediation,
  settings: {},
  check: (graph, _, organization) =>
    graph.secrets.flatMap((secret) =>
      secret.replicas.flatMap((replica) => checkReplica(secret, replica, graph, organization)),
    ),
});

function checkReplica(
  secret: SecretNode,
  replica: ReplicaNode,
  graph: Graph,
  organization: Organization,
): readonly Finding[] {
  const { resource } = secret;
  const where = `replica ${replica.index + 1} of ${label(resource)}`;
  const region = replica.region;
  if (region.state !== "known" || typeof region.value !== "string") {
    return [undecided(resource, `the Region of ${where} is not known`, deciders(resource, "replicas"))];
  }
  const own = regionOf(resource);
  const findings: Finding[] = [];
  if (organization.regions.length > 0 && !organization.regions.includes(region.value)) {
    findings.push(
      violation(resource, `${where} is in ${region.value}, which is not an allowed Region`, remediation),
    );
  }
  if (own.state === "known" && own.value === region.value) {
    findings.push(violation(resource, `${where} is in the secret's own Region`, remediation));
  }
  return [...findings, ...checkKey(secret, replica, region.value, where, graph)];
}

function checkKey(
  secret: SecretNode,
  replica: ReplicaNode,
  region: string,
  where: string,
  graph: Graph,
): readonly Finding[] {
  const regions = keyRegions(replica.key, graph);
  const known = regions.flatMap((one) => (one.state === "known" ? [one.value] : []));
  if (regions.length === 0 || known.includes(region)) return [];
  if (known.length === regions.length) {
    const fact = `${where} is in ${region} and its key in ${known.join(", ")}`;
    return [violation(secret.resource, fact, remediation)];
  }
  return [
    undecided(secret.resource, `the key of ${where} is not known`, deciders(secret.resource, "replicas")),
  ];
}

/** Regions the key can be in. None for a key id or an alias: AWS looks those up in the replica's own Region. */
function keyRegions(key: Link, graph: Graph): readonly Tri<string>[] {
  if (key.kind === "none") return [];
  if (key.kind === "unknown") return [{ state: "unknown" }];
  if (key.kind === "outside") {
    const region = parseArn(key.reference)?.region;
    return region === undefined ? [] : [known(region)];
  }
  return key.resources.map((target) => regionOf(graph.keyAt(target)?.resource ?? target));
}
