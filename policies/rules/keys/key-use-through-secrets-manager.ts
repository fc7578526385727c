import { HeldDocument } from "../../documents/document";
import { undecided, violation } from "../../findings";
import { Graph, KeyNode } from "../../stack/graph";
import { Link } from "../../stack/join";
import { accountsOf, admits } from "../../facts/keys/key-callers";
import { regionOf } from "../../stack/location";
import { label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";

const remediation =
  "Allow kms:Decrypt and kms:GenerateDataKey only with kms:ViaService of Secrets Manager and kms:EncryptionContext:SecretARN";

const use = ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom"];

/**
 * KMS-08. Advisory: AWS's default key policy leaves use to IAM, where KMS-05 looks at it, and a key may serve more than
 * secrets.
 */
export const keyUseThroughSecretsManager = graphRule({
  id: "key-use-through-secrets-manager",
  code: "KMS-08",
  title: "Keys of secrets can be used only through Secrets Manager, and only for secrets",
  severity: "medium",
  enforcement: "advisory",
  frameworks: [{ name: "NIST SP 800-53", version: "5", reference: "AC-6" }],
  mapsTo: {},
  remediation,
  settings: {
    requireEncryptionContext: {
      type: "boolean",
      default: true,
      description:
        "Also demand that the encryption context names secrets of the accounts that the key serves.",
    },
  },
  check: (graph, { requireEncryptionContext }) =>
    keysOfSecrets(graph).flatMap((key) =>
      key.policies.flatMap((policy) => checkDocument(key, policy, requireEncryptionContext)),
    ),
});

function keysOfSecrets(graph: Graph): readonly KeyNode[] {
  const links = graph.secrets.flatMap((secret): readonly Link[] => [
    secret.key,
    ...secret.replicas.map(({ key }) => key),
  ]);
  const nodes = links.flatMap((link) =>
    link.kind === "inside" ? link.resources.flatMap((one) => graph.keyAt(one) ?? []) : [],
  );
  return [...new Set(nodes)];
}

function checkDocument(
  key: KeyNode,
  policy: HeldDocument,
  requireEncryptionContext: boolean,
): readonly Finding[] {
  const { holder } = policy;
  const where = `the policy of ${label(holder)}`;
  if (policy.state === "unknown") return [undecided(holder, `${where} is not known`, policy.decidedBy)];
  if (policy.state === "unreadable") return [];
  const ways = waysAround(key).filter(({ how }) => requireEncryptionContext || how === directly);
  const judged = accountsOf(policy.document, key).map((caller) => ({
    who: caller.who,
    ways: ways.map(({ how, context }) => ({
      how,
      kind: admits(policy.document, key, caller, use, context),
    })),
  }));
  const found = judged.flatMap(({ who, ways: tried }) => {
    const [first] = tried.filter(({ kind }) => kind === "admitted");
    return first === undefined
      ? []
      : [violation(holder, `${where} lets ${who} use the key ${first.how}`, remediation)];
  });
  if (!judged.some(({ ways: tried }) => tried.some(({ kind }) => kind === "too-complex"))) return found;
  const reason = `${where} has too many conditions to try them all`;
  return [...found, undecided(holder, reason, "a policy with fewer condition values")];
}

const directly = "without Secrets Manager";

/** Requests that are not Secrets Manager's, and those that are but for no secret or a stranger's. */
function waysAround(key: KeyNode) {
  const region = regionOf(key.resource);
  const where = region.state === "known" ? region.value : "us-east-1";
  const service = `secretsmanager.${where}.amazonaws.com`;
  const stranger = `arn:aws:secretsmanager:${where}:000000000000:secret:strongroom-unrelated-Zz9Zz9`;
  const elsewhere = [[], `strongroom-unrelated.${where}.amazonaws.com`].map((value) => ({
    how: directly,
    context: { "kms:viaservice": value },
  }));
  const forOthers = [[], stranger].map((value) => ({
    how: "for what is no secret of theirs",
    context: { "kms:viaservice": service, "kms:encryptioncontext:secretarn": value },
  }));
  return [...elsewhere, ...forOthers];
}
