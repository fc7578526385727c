import { decoded } from "../../credential/decoded";
import { membersOf } from "../../credential/members";
import { isReference } from "../../credential/reference";
import { undecided, violation } from "../../findings";
import { Leaf, pathText } from "../../stack/leaves";
import { label, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { marksMatter, openLeaves } from "../../taint/plaintext-sinks";
import { isUnder } from "../../taint/secret-paths";
import { derivation, secretValues } from "../../taint/secret-sources";

const remediation =
  "Give the name or the ARN of the secret instead, and let the program that needs the value read it when it runs";

/** TAINT-01. */
export const secretsStaySecret = graphRule({
  id: "secrets-stay-secret",
  code: "TAINT-01",
  title: "Nothing that Pulumi keeps as a secret, or that comes from one, is put where it lies open",
  severity: "critical",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "8.6.2" }],
  mapsTo: {},
  remediation,
  settings: {},
  checkEach: (resource) =>
    openLeaves(resource).flatMap((leaf) => (isMarked(resource, leaf) ? [kept(resource, leaf)] : [])),
  check: (graph) => {
    const secrets = secretValues(graph);
    const suspects = graph.resources.filter((resource) => secrets.size > 0 || comesFromSource(resource));
    return suspects.flatMap((resource) =>
      openLeaves(resource)
        .filter((leaf) => !isMarked(resource, leaf))
        .flatMap((leaf) => [...derived(resource, leaf), ...copied(resource, leaf, secrets)]),
    );
  },
});

/** A redacted value was a secret in the state. What only says where a secret is may be marked along with others. */
function isMarked(resource: Resource, { path, value }: Leaf): boolean {
  if (!marksMatter(resource, path)) return false;
  if (value.state === "unknown" && value.redacted === true) return true;
  return isUnder(resource.secretPaths ?? [], path) && !(value.state === "known" && isReference(value.value));
}

function kept(resource: Resource, { path }: Leaf): Finding {
  const fact = `${label(resource)}: ${pathText(path)} lies open and is given what Pulumi keeps as a secret`;
  return violation(resource, fact, remediation);
}

function comesFromSource(resource: Resource): boolean {
  const sources = Object.values(resource.propertyDependencies ?? {}).flat();
  return sources.some((source) => derivation(source) !== "no");
}

function derived(resource: Resource, { path, value }: Leaf): readonly Finding[] {
  if (value.state !== "unknown") return [];
  const from = resource.propertyDependencies?.[String(path[0])] ?? [];
  const certain = from.find((source) => derivation(source) === "secret");
  if (certain !== undefined) {
    return [
      violation(
        resource,
        `${label(resource)}: ${pathText(path)} lies open and comes from ${label(certain)}`,
        remediation,
      ),
    ];
  }
  const possible = from.filter((source) => derivation(source) === "perhaps").map(label);
  if (possible.length === 0) return [];
  const reason = `whether ${pathText(path)} of ${label(resource)} comes from a secret is not known`;
  return [undecided(resource, reason, `the outputs of ${possible.join(", ")}`)];
}

function copied(
  resource: Resource,
  { path, value }: Leaf,
  secrets: ReadonlyMap<string, Resource>,
): readonly Finding[] {
  if (value.state !== "known" || secrets.size === 0) return [];
  const holder = wordsOf(value.value)
    .map((word) => secrets.get(word))
    .find((one) => one !== undefined && one.urn !== resource.urn);
  if (holder === undefined) return [];
  const fact = `${label(resource)}: ${pathText(path)} lies open and holds the value of ${label(holder)}`;
  return [violation(resource, fact, remediation)];
}

/** The text, what it says in base64, its members, and the words of each. */
function wordsOf(text: string): readonly string[] {
  const plain = decoded(text);
  const parts = [text, plain, ...membersOf(plain).map((member) => member.text)];
  return [...new Set(parts.flatMap((part) => [part, ...part.split(/[\s"'=:;,@/\\]+/)]))];
}
