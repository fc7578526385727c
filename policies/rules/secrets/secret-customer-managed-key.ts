import { undecided, violation } from "../../findings";
import { Graph, SecretNode } from "../../stack/graph";
import { Link } from "../../stack/join";
import { deciders, input, label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { readBoolean } from "../../stack/tri-state";

const remediation =
  "Set kmsKeyId to a customer managed key, on the secret and on each replica in its own Region";

/** SM-01. */
export const secretCustomerManagedKey = graphRule({
  id: "secret-customer-managed-key",
  code: "SM-01",
  title: "Secrets and their replicas are encrypted with a customer managed key that is in use",
  severity: "high",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "3.5.1" },
    { name: "NIST SP 800-53", version: "5", reference: "SC-28(1)" },
    { name: "HIPAA", version: "2013", reference: "164.312(a)(2)(iv)" },
  ],
  mapsTo: { checkov: ["CKV_AWS_149"], awsConfig: ["secretsmanager-using-cmk"] },
  remediation,
  settings: {},
  check: (graph) =>
    graph.secrets.filter((secret) => secret.inStack).flatMap((secret) => checkSecret(secret, graph)),
});

function checkSecret(secret: SecretNode, graph: Graph): readonly Finding[] {
  const where = label(secret.resource);
  const replicas = secret.replicas.flatMap((replica) =>
    checkKey(secret, graph, replica.key, `replica ${replica.index + 1} of ${where}`, "replicas"),
  );
  const unlisted = secret.replicasUnknown
    ? [
        undecided(
          secret.resource,
          `the replicas of ${where} are not known`,
          deciders(secret.resource, "replicas"),
        ),
      ]
    : [];
  return [...checkKey(secret, graph, secret.key, where, "kmsKeyId"), ...replicas, ...unlisted];
}

function checkKey(
  secret: SecretNode,
  graph: Graph,
  key: Link,
  where: string,
  property: string,
): readonly Finding[] {
  const { resource } = secret;
  switch (key.kind) {
    case "none":
      return [
        violation(resource, `${where} names no key, so AWS uses its own aws/secretsmanager`, remediation),
      ];
    case "outside":
      if (!isServiceKey(key.reference)) return [];
      return [
        violation(resource, `${where} is encrypted with AWS's own key aws/secretsmanager`, remediation),
      ];
    case "unknown":
      return [undecided(resource, `the key of ${where} is not known`, deciders(resource, property))];
    case "inside":
      return key.resources.flatMap((target) => {
        const node = graph.keyAt(target);
        const enabled = node === undefined ? undefined : input(node.resource, readBoolean, "isEnabled");
        if (node === undefined || enabled?.state !== "known" || enabled.value) return [];
        const fact = `${where} is encrypted with ${label(node.resource)}, which is disabled`;
        return [violation(resource, fact, "Enable the key, or name one that is in use")];
      });
  }
}

/** `alias/aws/secretsmanager`, by name or ARN: AWS's key, whose policy nobody can change. */
export function isServiceKey(reference: string): boolean {
  return /(^|:)alias\/aws\//.test(reference);
}
