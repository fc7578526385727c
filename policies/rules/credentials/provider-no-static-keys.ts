import { violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { read } from "../../stack/tri-state";

const remediation =
  "Leave accessKey, secretKey and token out: take a role with assumeRoles, or the identity of the pipeline";

const keys = ["accessKey", "secretKey", "token"];

/** HC-04. */
export const providerNoStaticKeys = graphRule({
  id: "provider-no-static-keys",
  code: "HC-04",
  title: "The program gives its AWS providers no access keys",
  severity: "critical",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "8.6.2" }],
  mapsTo: { checkov: ["CKV_AWS_41"] },
  remediation,
  settings: {},
  check: (graph) => providersOf(graph).flatMap(checkProvider),
});

/** A provider, and the resource on which to report it: itself, or the first that is made with it. */
interface Provider {
  readonly name: string;
  readonly props: unknown;
  readonly resource: Resource;
}

function providersOf(graph: Graph): readonly Provider[] {
  const found = new Map<string, Provider>();
  for (const resource of graph.of("pulumi:providers:aws")) {
    found.set(resource.urn, { name: resource.name, props: resource.props, resource });
  }
  for (const resource of graph.resources) {
    const { provider } = resource;
    if (provider?.urn === undefined || found.has(provider.urn) || !isAws(provider.urn)) continue;
    found.set(provider.urn, { name: provider.urn.split("::").at(-1) ?? "", props: provider.props, resource });
  }
  return [...found.values()];
}

function isAws(urn: string): boolean {
  return urn.includes("::pulumi:providers:aws::");
}

/** Whatever the value is and wherever it comes from: a key in a provider is a key that does not end with the run. */
function checkProvider({ name, props, resource }: Provider): readonly Finding[] {
  const set = keys.filter((key) => isSet(props, key));
  if (set.length === 0) return [];
  return [
    violation(resource, `the AWS provider "${name}" is given ${set.join(", ")} by the program`, remediation),
  ];
}

function isSet(props: unknown, key: string): boolean {
  const value = read(props, key);
  return value.state === "unknown" || (value.state === "known" && value.value !== "");
}
