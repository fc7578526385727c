import { undecided, violation } from "../../findings";
import { Graph, SecretNode } from "../../stack/graph";
import { deciders, input, label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { ConfigOf } from "../../setting";
import { absent, read, readString, Tri } from "../../stack/tri-state";

const remediation =
  "Add a SecretRotation for the secret, or write in the exemption tag why it cannot be rotated";

const settings = {
  exemptionTag: {
    type: "string",
    default: "strongroom:rotation-exemption",
    description: "Tag whose value is the reason why a secret is not rotated. Empty: no secret is exempt.",
  },
  minimumReasonCharacters: {
    type: "integer",
    minimum: 1,
    maximum: 256,
    default: 10,
    description: "Shortest text that counts as a reason.",
  },
} as const;

/** SM-02. */
export const secretRotationConfigured = graphRule({
  id: "secret-rotation-configured",
  code: "SM-02",
  title: "Secrets are rotated, or say in writing why not",
  severity: "high",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "8.6.3" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-2(1)" },
    { name: "HIPAA", version: "2013", reference: "164.308(a)(4)(ii)(B)" },
  ],
  mapsTo: {
    checkov: ["CKV2_AWS_57"],
    securityHub: ["SecretsManager.1"],
    awsConfig: ["secretsmanager-rotation-enabled-check"],
  },
  remediation,
  settings,
  check: (graph, config) =>
    graph.secrets.filter((secret) => secret.inStack).flatMap((secret) => checkSecret(secret, graph, config)),
});

function checkSecret(
  secret: SecretNode,
  graph: Graph,
  config: ConfigOf<typeof settings>,
): readonly Finding[] {
  const { resource } = secret;
  if (secret.rotations.length > 0 || isServiceOwned(secret)) return [];
  const where = label(resource);
  const reason = exemption(secret, config.exemptionTag);
  if (reason.state === "unknown") {
    return [undecided(resource, `the tags of ${where} are not known`, deciders(resource, "tags"))];
  }
  if (reason.state === "known") {
    if (reason.value.trim().length >= config.minimumReasonCharacters) return [];
    const fix = `Write a reason of at least ${config.minimumReasonCharacters} characters`;
    return [violation(resource, `${where} has the tag ${config.exemptionTag} without a reason in it`, fix)];
  }
  const loose = graph.looseRotations;
  if (loose.length > 0) {
    const names = loose.map(label).join(", ");
    return [undecided(resource, `${names} may be about ${where}`, `the secretId of ${names}`)];
  }
  return [violation(resource, `${where} is not rotated`, remediation)];
}

/** Secrets that an AWS service makes for itself carry its name before a `!` and are rotated by it. */
function isServiceOwned(secret: SecretNode): boolean {
  const name = readString(secret.resource.props, "name");
  const owner = readString(secret.resource.props, "owningService");
  return (name.state === "known" && /^[a-z-]+!/.test(name.value)) || owner.state === "known";
}

function exemption(secret: SecretNode, tag: string): Tri<string> {
  if (tag === "") return absent;
  const tags = input(secret.resource, read, "tags");
  if (tags.state === "unknown") return tags;
  const own = readString(secret.resource.props, "tags", tag);
  if (own.state !== "absent") return own;
  const all = readString(secret.resource.props, "tagsAll", tag);
  return all.state === "known" ? all : absent;
}
