import { PolicyDocument } from "../../../iam";
import { compileGlob, tokenizeGlob } from "../../../iam/glob";
import { administers } from "../../documents/administrator";
import { factsOf } from "../../documents/document-facts";
import { DocumentUse, documentUses } from "../../documents/document-uses";
import { undecided, violation } from "../../findings";
import { Graph, KeyNode } from "../../stack/graph";
import { grants } from "../../facts/identities/identity-probe";
import { accountsOf, admits, namedCallers } from "../../facts/keys/key-callers";
import { keyOwnerOf, keyTarget } from "../../facts/keys/key-target";
import { accountOf } from "../../stack/location";
import { label, Resource } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";

const remediation = "Let one principal administer the key and others use it";

const administration = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey"];
const use = ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom"];

/**
 * KMS-09. Of those the key policy names, and of the identities of the stack that it leaves to IAM. The root of the
 * key's own account is no principal here, and administrators of the account are IAM-01's.
 */
export const keyDutiesSeparated = graphRule({
  id: "key-duties-separated",
  code: "KMS-09",
  title: "Nobody both administers a key and uses it",
  severity: "medium",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "3.6.1.3" },
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.2" },
  ],
  mapsTo: {},
  remediation,
  settings: {
    exempt: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "ARNs, with `*` and `?`, of principals that may do both, such as one for emergencies.",
    },
  },
  check: (graph, { exempt }) => {
    const patterns = exempt.map((pattern) => compileGlob(tokenizeGlob(pattern)));
    return graph.keys.flatMap((key) =>
      key.policies.flatMap((policy): readonly Finding[] => {
        const { holder } = policy;
        const where = `the policy of ${label(holder)}`;
        if (policy.state === "unknown") return [undecided(holder, `${where} is not known`, policy.decidedBy)];
        if (policy.state === "unreadable") return [];
        return [
          ...named(key, policy.document, holder, (arn) => patterns.some((matches) => matches(arn))),
          ...delegated(graph, key, policy.document),
        ];
      }),
    );
  },
});

function named(
  key: KeyNode,
  document: PolicyDocument,
  holder: Resource,
  exempt: (arn: string) => boolean,
): readonly Finding[] {
  return namedCallers(document, key)
    .filter(({ who }) => !exempt(who))
    .flatMap((caller): readonly Finding[] => {
      const kinds = [administration, use].map((actions) => admits(document, key, caller, actions));
      if (kinds.includes("refused")) return [];
      if (kinds.includes("too-complex")) {
        const reason = `the policy of ${label(holder)} has too many conditions to try them all`;
        return [undecided(holder, reason, "a policy with fewer condition values")];
      }
      const fact = `the policy of ${label(holder)} lets ${caller.who} administer the key and use it`;
      return [violation(holder, fact, remediation)];
    });
}

/** Identities of the key's account to which the policy leaves both by naming the account. */
function delegated(graph: Graph, key: KeyNode, document: PolicyDocument): readonly Finding[] {
  const owner = keyOwnerOf(key);
  const [own] = owner.state === "known" ? accountsOf(document, key) : [];
  if (own === undefined) return [];
  if ([administration, use].some((actions) => admits(document, key, own, actions) !== "admitted")) return [];
  const arns = keyTarget(key, factsOf(document), []).resourceArns;
  return identitiesWithUses(graph).flatMap(({ identity, uses }) => {
    const account = accountOf(identity);
    if (account.state !== "known" || account.value !== own.requester.accountId) return [];
    if (uses.some((one) => administers(one).kind !== "refused")) return [];
    const both = [administration, use].every((actions) =>
      uses.some((one) => actions.some((action) => grants(one, { action, arns }).kind === "granted")),
    );
    if (!both) return [];
    const fact = `${label(identity)} may administer ${label(key.resource)} and use it`;
    return [violation(identity, fact, remediation)];
  });
}

function identitiesWithUses(
  graph: Graph,
): readonly { readonly identity: Resource; readonly uses: readonly DocumentUse[] }[] {
  const byUrn = new Map<string, { readonly identity: Resource; readonly uses: DocumentUse[] }>();
  for (const one of documentUses(graph)) {
    if (one.identity === undefined) continue;
    const entry = byUrn.get(one.identity.resource.urn) ?? { identity: one.identity.resource, uses: [] };
    entry.uses.push(one);
    byUrn.set(one.identity.resource.urn, entry);
  }
  return [...byUrn.values()];
}
