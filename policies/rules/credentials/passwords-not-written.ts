import { isRandom } from "../../credential/form";
import { kindOfName } from "../../credential/key-name";
import { isReference } from "../../credential/reference";
import { undecided, violation } from "../../findings";
import { Leaf, leavesOf, pathText } from "../../stack/leaves";
import { deciders, label, Path, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { SecretProperty, secretProperties } from "../../facts/secrets/secret-properties";

const remediation = "Keep the value in Secrets Manager, and read it from there when the program runs";

/** HC-05. */
export const passwordsNotWritten = graphRule({
  id: "passwords-not-written",
  code: "HC-05",
  title: "Passwords and keys that resources need are not written in the program",
  severity: "high",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "8.6.2" }],
  mapsTo: { cfnNag: ["F31", "F36", "F37"], securityHub: ["DMS.9", "DMS.10", "DMS.11", "DMS.12"] },
  remediation,
  settings: {
    allowSupplied: {
      type: "boolean",
      default: true,
      description:
        "Accept random values of 16 characters or more and private keys. A preview cannot tell a literal apart from the " +
        "encrypted configuration or a data source, and many of these resources take no other.",
    },
  },
  check: (graph, config) =>
    secretProperties.flatMap((secret) =>
      graph.of(secret.type).flatMap((resource) => checkProperty(resource, secret, config.allowSupplied)),
    ),
});

function checkProperty(
  resource: Resource,
  { path }: SecretProperty,
  allowSupplied: boolean,
): readonly Finding[] {
  const [property = "", ...inner] = path;
  if ((resource.propertyDependencies?.[property]?.length ?? 0) > 0) return [];
  return leavesOf(resource, property, ...inner)
    .filter((leaf) => isSecretMember(leaf.path, path))
    .flatMap((leaf) => checkLeaf(resource, leaf, allowSupplied));
}

/** Where the property is a map or a list of objects, its members say by their name whether they are secret. */
function isSecretMember(path: Path, property: SecretProperty["path"]): boolean {
  const names = path.slice(property.length).filter((key) => typeof key === "string");
  return names.length === 0 || kindOfName(String(names.at(-1))) === "credential";
}

function checkLeaf(resource: Resource, { path, value }: Leaf, allowSupplied: boolean): readonly Finding[] {
  if (value.state === "unknown") {
    const reason = `where ${pathText(path)} of ${label(resource)} comes from is not known`;
    return [undecided(resource, reason, deciders(resource, String(path[0])))];
  }
  if (value.state === "absent" || isReference(value.value)) return [];
  if (allowSupplied && (isRandom(value.value) || value.value.startsWith("-----BEGIN "))) return [];
  return [
    violation(
      resource,
      `${label(resource)}: ${pathText(path)} is a value that somebody chose and wrote in the program`,
      remediation,
    ),
  ];
}
