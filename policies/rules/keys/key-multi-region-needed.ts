import { compileGlob, tokenizeGlob } from "../../../iam/glob";
import { undecided, violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { Lookup } from "../../stack/join";
import { regionOf } from "../../stack/location";
import { Organization } from "../../organization";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { readBoolean } from "../../stack/tri-state";

const remediation =
  "Make the key for one Region, or replicate secrets under its replicas, in allowed Regions only";

/**
 * KMS-06. Advisory, because a key stays what it was made as, and its replicas may be in another stack. A multi-Region
 * key that serves the replicas of secrets needs no leave.
 */
export const keyMultiRegionNeeded = graphRule({
  id: "key-multi-region-needed",
  code: "KMS-06",
  title: "Keys are multi-Region only where secrets are replicated under them, and in allowed Regions",
  severity: "low",
  enforcement: "advisory",
  frameworks: [{ name: "GDPR", version: "2016/679", reference: "Art. 44" }],
  mapsTo: { prowler: ["kms_cmk_not_multi_region"] },
  remediation,
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Names of resources, with `*` and `?`, that may be multi-Region keys in any case.",
    },
  },
  check: (graph, { allowed }, organization) => {
    const patterns = allowed.map((pattern) => compileGlob(tokenizeGlob(pattern)));
    const serving = servingKeys(graph);
    return [
      ...graph.of(types.key, types.externalKey).flatMap((key) => {
        const exempt = serving.has(key.urn) || patterns.some((matches) => matches(key.name));
        return exempt ? [] : checkKey(key);
      }),
      ...graph.of(types.replicaKey).flatMap((replica) => checkRegion(replica, organization)),
    ];
  },
});

/** URNs of the keys that have a replica under which a secret is replicated. */
function servingKeys(graph: Graph): ReadonlySet<string> {
  const used = new Set(
    graph.secrets.flatMap(({ replicas }) =>
      replicas.flatMap(({ key }) =>
        key.kind === "inside" ? key.resources.map((one) => (graph.keyAt(one)?.resource ?? one).urn) : [],
      ),
    ),
  );
  const primaries = new Lookup(graph.of(types.key, types.externalKey), ["arn", "keyId", "id"]);
  const links = graph
    .of(types.replicaKey)
    .filter(({ urn }) => used.has(urn))
    .map((replica) => primaries.follow(replica, "primaryKeyArn"));
  return new Set(
    links.flatMap((link) => (link.kind === "inside" ? link.resources.map(({ urn }) => urn) : [])),
  );
}

function checkKey(key: Resource): readonly Finding[] {
  const multiRegion = input(key, readBoolean, "multiRegion");
  if (multiRegion.state === "unknown") {
    return [
      undecided(key, `whether ${label(key)} is multi-Region is not known`, deciders(key, "multiRegion")),
    ];
  }
  if (multiRegion.state === "absent" || !multiRegion.value) return [];
  const fact = `${label(key)} can be replicated to any Region, and no secret is replicated under it`;
  return [violation(key, fact, remediation)];
}

function checkRegion(replica: Resource, { regions }: Organization): readonly Finding[] {
  const region = regionOf(replica);
  if (regions.length === 0) return [];
  if (region.state !== "known") {
    return [undecided(replica, `the Region of ${label(replica)} is not known`, deciders(replica, "region"))];
  }
  if (regions.includes(region.value)) return [];
  return [
    violation(
      replica,
      `${label(replica)} is in ${region.value}, which is not an allowed Region`,
      remediation,
    ),
  ];
}
