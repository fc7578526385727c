import { PolicyDocument } from "../../../iam";
import { HeldDocument } from "../../documents/document";
import { factsOf } from "../../documents/document-facts";
import { undecided, violation } from "../../findings";
import { KeyNode } from "../../stack/graph";
import { keyOwnerOf, keyTarget } from "../../facts/keys/key-target";
import { parseArn } from "../../stack/location";
import { Answer, ask } from "../../documents/probe";
import { deciders, input, label } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { unknownAccount } from "../../facts/secrets/secret-target";
import { readBoolean } from "../../stack/tri-state";

const remediation =
  "Write a key policy in which the account root, or a role of the account that stays, may kms:PutKeyPolicy";

/** KMS-03. */
export const keyPolicyAdministered = graphRule({
  id: "key-policy-administered",
  code: "KMS-03",
  title: "Each key has a policy of its own, and somebody in its account can still change it",
  severity: "high",
  frameworks: [
    { name: "NIST SP 800-53", version: "5", reference: "SC-12" },
    { name: "PCI DSS", version: "4.0.1", reference: "3.6.1" },
  ],
  mapsTo: { checkov: ["CKV2_AWS_64"] },
  remediation,
  settings: {},
  check: (graph) => graph.keys.flatMap(checkKey),
});

function checkKey(key: KeyNode): readonly Finding[] {
  const { resource } = key;
  const where = label(resource);
  const findings = [resource, ...key.policies.map(({ holder }) => holder)]
    .filter((holder, index, all) => all.indexOf(holder) === index)
    .flatMap((holder) => {
      const bypass = input(holder, readBoolean, "bypassPolicyLockoutSafetyCheck");
      if (bypass.state === "unknown") {
        const reason = `whether ${label(holder)} bypasses the check that keeps the key from being locked is not known`;
        return [undecided(holder, reason, deciders(holder, "bypassPolicyLockoutSafetyCheck"))];
      }
      if (bypass.state === "absent" || !bypass.value) return [];
      const fact = `${label(holder)} bypasses the check that keeps the key from being locked`;
      return [violation(holder, fact, "Remove bypassPolicyLockoutSafetyCheck")];
    });
  if (key.policies.length === 0) {
    const fact = `${where} has no policy of its own, so IAM policies alone decide who uses it`;
    return [...findings, violation(resource, fact, remediation)];
  }
  return [...findings, ...key.policies.flatMap((policy) => checkDocument(key, policy))];
}

function checkDocument(key: KeyNode, policy: HeldDocument): readonly Finding[] {
  const { holder } = policy;
  const where = `the policy of ${label(holder)}`;
  if (policy.state === "unknown") return [undecided(holder, `${where} is not known`, policy.decidedBy)];
  if (policy.state === "unreadable") return [];
  const owner = keyOwnerOf(key);
  const { accounts: named, opensToUnnamed } = factsOf(policy.document);
  const possible = opensToUnnamed ? [...named, unknownAccount] : named;
  const accounts = owner.state === "known" ? [owner.value] : possible;
  const answers = accounts.map((accountId) => administration(policy.document, key, accountId));
  if (answers.includes("admitted")) return [];
  if (answers.includes("too-complex")) {
    const reason = `${where} has too many conditions to try them all`;
    return [undecided(holder, reason, "a policy with fewer condition values")];
  }
  return [
    violation(holder, `${where} lets nobody of the account change it, so the key can be lost`, remediation),
  ];
}

/** The root user, through it whoever IAM allows, or a principal that the document names. */
function administration(document: PolicyDocument, key: KeyNode, accountId: string): Answer["kind"] {
  const facts = factsOf(document);
  const target = { ...keyTarget(key, facts, ["kms:PutKeyPolicy"]), accountId };
  const named = facts.principals.filter((arn) => parseArn(arn)?.account === accountId);
  const answers = [`arn:aws:iam::${accountId}:root`, ...named].map(
    (principalArn) =>
      ask(document, { kind: "account", accountId, ownsNetworks: true, principalArn }, target).kind,
  );
  if (answers.includes("admitted")) return "admitted";
  return answers.includes("too-complex") ? "too-complex" : "refused";
}
