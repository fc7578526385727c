import { HeldDocument, documentText } from "../../documents/document";
import { whereOf } from "../../documents/document-uses";
import { undecided, violation } from "../../findings";
import { Graph } from "../../stack/graph";
import { identitiesOf } from "../../facts/identities/identities";
import { label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";

const remediation = "List what is allowed: what is added to AWS later must not be allowed by itself";

/** Elements that mean everything but what they list. */
const elements = ["NotAction", "NotResource", "NotPrincipal"] as const;

/** IAM-04. Of identity, trust, secret and key policies, also of those that AWS refuses. */
export const noAllowWithNot = graphRule({
  id: "no-allow-with-not",
  code: "IAM-04",
  title: "No Allow statement means everything but what it lists",
  severity: "medium",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_111"],
    cfnNag: ["W14", "W15", "W16", "W17", "W21", "W22", "W23", "F6"],
  },
  remediation,
  settings: {},
  check: (graph) => documentsOf(graph).flatMap(({ held, where }) => checkDocument(held, where)),
});

interface Named {
  readonly held: HeldDocument;
  readonly where: string;
}

function documentsOf(graph: Graph): readonly Named[] {
  const { documents, trusts } = identitiesOf(graph);
  const onSecrets = graph.secrets.flatMap((secret) => secret.policies.map(({ document }) => document));
  const onKeys = graph.keys.flatMap((key) => key.policies);
  return [
    ...documents.map((held) => ({ held, where: whereOf(held) })),
    ...trusts.map((held) => ({ held, where: `the trust policy of ${label(held.holder)}` })),
    ...[...onSecrets, ...onKeys].map((held) => ({ held, where: `the policy of ${label(held.holder)}` })),
  ];
}

function checkDocument(held: HeldDocument, where: string): readonly Finding[] {
  if (held.state === "unknown") return [undecided(held.holder, `${where} is not known`, held.decidedBy)];
  const used = elements.filter((element) => allows(held).some((statement) => element in statement));
  return used.map((element) => violation(held.holder, `${where} allows with ${element}`, remediation));
}

/** The Allow statements, as they stand in the text: AWS refuses some of those that are looked for. */
function allows({ holder, property, path }: HeldDocument): readonly object[] {
  const text = documentText(holder, property, path);
  const document = text.state === "known" ? parsed(text.value) : undefined;
  const statements: unknown = (document as { Statement?: unknown } | null | undefined)?.Statement;
  return [statements]
    .flat()
    .filter((one): one is object => typeof one === "object" && one !== null)
    .filter((one) => (one as { Effect?: unknown }).Effect === "Allow");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
