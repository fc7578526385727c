import { administers } from "../../documents/administrator";
import { DocumentUse } from "../../documents/document-uses";
import { undecided, violation } from "../../findings";
import { KeyNode } from "../../stack/graph";
import { firstGranted } from "../../facts/identities/identity-probe";
import { judgeDocuments, Verdict, verdictOn } from "../../documents/judge-documents";
import { admits, namedCallers } from "../../facts/keys/key-callers";
import { namedArns } from "../../documents/named-arns";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { ConfigOf } from "../../setting";
import { indexesOf, readArray, readString, readWhole } from "../../stack/tri-state";

const settings = {
  operations: {
    type: "array",
    items: { type: "string", pattern: "^[A-Za-z]+$" },
    default: [
      ...["Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext"],
      ...["DescribeKey", "RetireGrant"],
    ],
    description: "Operations that a grant may be for.",
  },
  requireConstraint: {
    type: "boolean",
    default: true,
    description: "Demand a constraint on the encryption context of every grant that decrypts or encrypts.",
  },
} as const;

const remediation =
  "Grant only what is needed and constrain it by encryption context; hold kms:CreateGrant with kms:GrantIsForAWSResource";

/** Operations that an encryption context can constrain. */
const constrainable = /^(Decrypt|Encrypt|GenerateDataKey|ReEncrypt)/;

/** A grant of the caller's own choice: for somebody no policy names, and not for a resource of AWS. */
const ownGrants = [[], "false"].map((forAws) => ({
  "kms:grantisforawsresource": forAws,
  "kms:granteeprincipal": "arn:aws:iam::000000000000:role/strongroom-unrelated",
}));

/** KMS-07. The root of the key's own account may make grants: it only leaves the decision to IAM. */
export const grantsConstrained = graphRule({
  id: "grants-constrained",
  code: "KMS-07",
  title: "Grants of keys are narrow, and nobody can make any at will",
  severity: "high",
  frameworks: [{ name: "PCI DSS", version: "4.0.1", reference: "3.6.1.3" }],
  mapsTo: {},
  remediation,
  settings,
  check: (graph, config) => [
    ...graph.of(types.grant).flatMap((grant) => checkGrant(grant, config)),
    ...graph.keys.flatMap(checkKey),
    ...judgeDocuments(graph, remediation, (use) => (administers(use).kind === "refused" ? [judge(use)] : [])),
  ],
});

function checkGrant(grant: Resource, config: ConfigOf<typeof settings>): readonly Finding[] {
  const where = label(grant);
  const list = input(grant, readArray, "operations");
  const operations = indexesOf(list).map((index) => input(grant, readString, "operations", index));
  if (list.state === "unknown" || operations.some(({ state }) => state === "unknown")) {
    return [undecided(grant, `the operations of ${where} are not known`, deciders(grant, "operations"))];
  }
  const names = operations.flatMap((one) => (one.state === "known" ? [one.value] : []));
  const allowed: readonly string[] = config.operations;
  const excess = names.filter((name) => !allowed.includes(name));
  const findings =
    excess.length === 0 ? [] : [violation(grant, `${where} grants ${excess.join(", ")}`, remediation)];
  const needsConstraint = config.requireConstraint && names.some((name) => constrainable.test(name));
  return needsConstraint ? [...findings, ...checkConstraints(grant, where)] : findings;
}

function checkConstraints(grant: Resource, where: string): readonly Finding[] {
  const list = input(grant, readArray, "constraints");
  const constraints = indexesOf(list).flatMap((index) =>
    ["encryptionContextEquals", "encryptionContextSubset"].map((kind) =>
      input(grant, readWhole, "constraints", index, kind),
    ),
  );
  const some = constraints.some(
    (one) => one.state === "known" && Object.keys(Object(one.value) as object).length > 0,
  );
  if (some) return [];
  if (list.state === "unknown" || constraints.some(({ state }) => state === "unknown")) {
    return [undecided(grant, `the constraints of ${where} are not known`, deciders(grant, "constraints"))];
  }
  return [violation(grant, `${where} holds for every encryption context`, remediation)];
}

function checkKey(key: KeyNode): readonly Finding[] {
  return key.policies.flatMap((policy): readonly Finding[] => {
    const { holder } = policy;
    const where = `the policy of ${label(holder)}`;
    if (policy.state === "unknown") return [undecided(holder, `${where} is not known`, policy.decidedBy)];
    if (policy.state === "unreadable") return [];
    return namedCallers(policy.document, key).flatMap((caller): readonly Finding[] => {
      const kinds = ownGrants.map((context) =>
        admits(policy.document, key, caller, ["kms:CreateGrant"], context),
      );
      if (kinds.includes("admitted")) {
        return [violation(holder, `${where} lets ${caller.who} make grants for anybody`, remediation)];
      }
      if (!kinds.includes("too-complex")) return [];
      const reason = `${where} has too many conditions to try them all`;
      return [undecided(holder, reason, "a policy with fewer condition values")];
    });
  });
}

function judge(use: DocumentUse): Verdict {
  const action = "kms:CreateGrant";
  const wishes = ownGrants.flatMap((context) => [
    { action, context },
    { action, context, arns: namedArns(use, "kms") },
  ]);
  return verdictOn(use, firstGranted(use, wishes), () => `${use.where} lets it make grants for anybody`);
}
