import { undecided, violation } from "../../findings";
import { label } from "../../stack/resource";
import { StackReaders } from "../../facts/secrets/readers-in-stack";
import { graphRule } from "../../rule";
import { readString } from "../../stack/tri-state";

const remediation = "Grant it to whoever needs it, or delete it: a secret that nobody needs can only leak";

/**
 * SM-08, as far as a preview goes: nothing of the stack may read the secret, itself or by a grant. Advisory, because a
 * reader may be in another stack. When a secret was last read only Secrets Manager knows: AWS Config's rule looks there.
 */
export const secretHasReader = graphRule({
  id: "secret-has-reader",
  code: "SM-08",
  title: "Each secret has a reader beside its own rotation",
  severity: "low",
  enforcement: "advisory",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.4" },
    { name: "PCI DSS", version: "4.0.1", reference: "8.2.6" },
  ],
  mapsTo: {
    securityHub: ["SecretsManager.3"],
    awsConfig: ["secretsmanager-secret-unused"],
    prowler: ["secretsmanager_secret_unused"],
  },
  remediation,
  settings: {},
  check: (graph) => {
    const readers = new StackReaders(graph);
    return graph.secrets.flatMap((secret) => {
      const { resource, inStack } = secret;
      const owner = readString(resource.props, "owningService");
      if (!inStack || owner.state === "known") return [];
      switch (readers.of(secret)) {
        case "read":
          return [];
        case "unknown":
          return [
            undecided(
              resource,
              `whether anybody may read ${label(resource)} is not known`,
              `the outputs of ${label(resource)}`,
            ),
          ];
        case "unread":
          return [violation(resource, `nothing of this stack may read ${label(resource)}`, remediation)];
      }
    });
  },
});
