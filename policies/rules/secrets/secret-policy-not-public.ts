import { factsOf } from "../../documents/document-facts";
import { undecided, violation } from "../../findings";
import { SecretNode, SecretPolicyNode } from "../../stack/graph";
import { publicAccess } from "../../documents/public-access";
import { deciders, label, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { ConfigOf } from "../../setting";
import { secretTarget } from "../../facts/secrets/secret-target";

const remediation = "Name the principals, or bind the statement to the organisation with aws:PrincipalOrgID";

/** What must be closed to the public: reading, changing, and whatever leads to either. */
const actions = [
  "GetSecretValue",
  "PutResourcePolicy",
  "PutSecretValue",
  "UpdateSecret",
  "DeleteSecret",
  "RotateSecret",
  "ReplicateSecretToRegions",
  "DescribeSecret",
].map((name) => `secretsmanager:${name}`);

const settings = {
  requireBlockPublicPolicy: {
    type: "boolean",
    default: true,
    description:
      "Demand blockPublicPolicy on each SecretPolicy, so that AWS refuses a public document as well.",
  },
} as const;

/** SM-09. */
export const secretPolicyNotPublic = graphRule({
  id: "secret-policy-not-public",
  code: "SM-09",
  title: "No secret is open to the public, whatever the conditions of its policy seem to say",
  severity: "critical",
  frameworks: [
    { name: "CIS AWS Foundations", version: "7.0", reference: "2.21" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-3" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
  ],
  mapsTo: {},
  remediation,
  settings,
  check: (graph, config) =>
    graph.secrets.flatMap((secret) =>
      secret.policies.flatMap((policy) => checkPolicy(secret, policy, config)),
    ),
});

function checkPolicy(
  secret: SecretNode,
  policy: SecretPolicyNode,
  config: ConfigOf<typeof settings>,
): readonly Finding[] {
  return [...checkBlock(policy, config), ...checkDocument(secret, policy)];
}

function checkBlock(policy: SecretPolicyNode, config: ConfigOf<typeof settings>): readonly Finding[] {
  const { holder } = policy.document;
  if (!config.requireBlockPublicPolicy || holder.type !== types.secretPolicy) return [];
  const block = policy.blockPublicPolicy;
  if (block.state === "known" && block.value) return [];
  if (block.state === "unknown") {
    const reason = `whether ${label(holder)} blocks public policies is not known`;
    return [undecided(holder, reason, deciders(holder, "blockPublicPolicy"))];
  }
  return [
    violation(holder, `${label(holder)} does not block public policies`, "Set blockPublicPolicy to true", {
      isPublic: false,
    }),
  ];
}

function checkDocument(secret: SecretNode, policy: SecretPolicyNode): readonly Finding[] {
  const { document } = policy;
  const { holder } = document;
  if (document.state === "unknown") {
    return [undecided(holder, `the policy of ${label(holder)} is not known`, document.decidedBy)];
  }
  if (document.state === "unreadable") {
    const fact = `AWS refuses the policy of ${label(holder)}: ${document.reason}`;
    return [violation(holder, fact, "Write a policy that AWS accepts")];
  }
  const target = secretTarget(secret, factsOf(document.document), actions);
  const { who, answer } = publicAccess(document.document, target);
  if (answer.kind === "too-complex") {
    const reason = `the policy of ${label(holder)} has too many conditions to try them all`;
    return [undecided(holder, reason, "a policy with fewer condition values")];
  }
  if (answer.kind === "refused") return [];
  return [violation(holder, `the policy of ${label(holder)} lets in ${who}`, remediation)];
}
