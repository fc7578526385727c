import { MANAGED_KEY, Secret, SecretCopy, WorldDocument } from "../../iam/proof";
import { Graph, SecretNode } from "../stack/graph";
import { Link } from "../stack/join";
import { parseArn, regionOf } from "../stack/location";
import { label, Resource } from "../stack/resource";
import { functionArn, nameOf, secretArn } from "./addresses";
import { worldDocument } from "./documents";
import { FoundKeys } from "./keys";
import { tagsOf } from "./principals";

/** A secret and the resource that it is. */
export interface FoundSecret {
  readonly secret: Secret;
  readonly node: SecretNode;
}

/** Secrets that cannot be judged at all, each with the reason and what will decide it. */
export interface LooseSecret {
  readonly resource: Resource;
  readonly reason: string;
  readonly decidedBy: string;
}

/** The secrets of a stack with their replicas. Those of other stacks are known by their policy only, and left out. */
export function secretsOf(
  graph: Graph,
  keys: FoundKeys,
): { readonly secrets: readonly FoundSecret[]; readonly loose: readonly LooseSecret[] } {
  const secrets: FoundSecret[] = [];
  const loose: LooseSecret[] = [];
  for (const node of graph.secrets) {
    if (!node.inStack) continue;
    const found = secretOf(node, graph, keys);
    if ("reason" in found) loose.push(found);
    else secrets.push(found);
  }
  return { secrets, loose };
}

function secretOf(node: SecretNode, graph: Graph, keys: FoundKeys): FoundSecret | LooseSecret {
  const { resource } = node;
  const region = regionOf(resource);
  const arn = region.state === "known" ? secretArn(resource, region.value) : undefined;
  if (region.state !== "known" || arn === undefined) {
    const reason = `account or Region of ${label(resource)} is not known`;
    return { resource, reason, decidedBy: "its ARN, or allowedAccountIds of the provider" };
  }
  if (node.replicasUnknown || node.replicas.some((replica) => replica.region.state !== "known")) {
    const reason = `the replicas of ${label(resource)} are not known`;
    return { resource, reason, decidedBy: "the value of `replicas`" };
  }
  const name = nameOf(resource);
  const shared = {
    accountId: parseArn(arn)!.account,
    tags: tagsOf(resource),
    ...policyOf(node, name),
    ...(node.replicas.length === 0 ? {} : { primaryRegion: region.value }),
  };
  const copy = (at: string, key: Link): SecretCopy => ({
    ...shared,
    region: at,
    arn: secretArn(resource, at)!,
    key: keys.follow(key, resource, at) ?? MANAGED_KEY,
  });
  const primary = { ...copy(region.value, node.key), ...rotationOf(node, graph) };
  const replicas = node.replicas.map(({ region: at, key }) =>
    copy(String(at.state === "known" ? at.value : ""), key),
  );
  return { node, secret: { id: resource.urn, name, copies: [primary, ...replicas] } };
}

/** A `SecretPolicy` replaces what the secret was made with. */
function policyOf(node: SecretNode, name: string): { readonly policy?: WorldDocument } {
  const last = node.policies.at(-1);
  return last === undefined
    ? {}
    : { policy: worldDocument(last.document, `resource policy of secret ${name}`) };
}

function rotationOf(node: SecretNode, graph: Graph): { readonly rotationFunction?: string } {
  for (const rotation of node.rotations) {
    const link = graph.functionOf(rotation);
    if (link.kind === "outside") return { rotationFunction: link.reference };
    const [first] = link.kind === "inside" ? link.resources : [];
    const arn = first && functionArn(first);
    if (arn !== undefined) return { rotationFunction: arn };
  }
  return {};
}
