import { administers } from "../../documents/administrator";
import { factsOf } from "../../documents/document-facts";
import { DocumentUse, usesOf, whereOf } from "../../documents/document-uses";
import { undecided, violation } from "../../findings";
import { Graph, SecretNode } from "../../stack/graph";
import { identitiesOf, Identity } from "../../facts/identities/identities";
import { grants } from "../../facts/identities/identity-probe";
import { managedPolicy } from "../../documents/managed-policies";
import { namedArns } from "../../documents/named-arns";
import { instance } from "../../documents/requester";
import { deciders, label } from "../../stack/resource";
import { missingActions, rotationActions } from "../../facts/rotation/rotation-needs";
import { RotationRole, rotationRoles } from "../../facts/rotation/rotation-roles";
import { Finding, graphRule } from "../../rule";
import { nameInArn, nameOf } from "../../facts/secrets/secret-names";
import { likelyArn } from "../../facts/secrets/secret-target";

const remediation =
  `Give the role of the function ${rotationActions.join(", ")} on the secret, the use of its key through Secrets ` +
  "Manager, and nothing more";

/** What nobody who only rotates needs, on the secret itself. */
const beyond = [
  ...["DeleteSecret", "RestoreSecret", "UpdateSecret", "PutResourcePolicy", "DeleteResourcePolicy"],
  ...["RotateSecret", "CancelRotateSecret", "ReplicateSecretToRegions", "RemoveRegionsFromReplication"],
  ...["StopReplicationToReplica", "TagResource", "UntagResource"],
].map((name) => `secretsmanager:${name}`);

const keyAdministration = ["PutKeyPolicy", "ScheduleKeyDeletion", "DisableKey", "CreateGrant"].map(
  (name) => `kms:${name}`,
);

const writing = ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"];

/** SM-05. Reading other secrets by name is no violation: a rotation may log in with an administrator's. */
export const rotationRoleLeastPrivilege = graphRule({
  id: "rotation-role-least-privilege",
  code: "SM-05",
  title: "The role of a rotation function can rotate its secrets, and do no more with secrets and keys",
  severity: "high",
  frameworks: [
    { name: "PCI DSS", version: "4.0.1", reference: "7.2.5" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
  ],
  mapsTo: {},
  remediation,
  settings: {
    alsoAllowed: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "Actions that a rotation may do beside those of a rotation, such as secretsmanager:TagResource.",
    },
  },
  check: (graph, { alsoAllowed }) =>
    rotationRoles(graph).flatMap((role) => checkRole(role, graph, alsoAllowed)),
});

function checkRole(role: RotationRole, graph: Graph, alsoAllowed: readonly string[]): readonly Finding[] {
  const { identity, link } = role;
  if (identity === undefined) {
    if (link.kind === "none") return [];
    const decidedBy =
      link.kind === "unknown" ? deciders(role.function, "role") : "the stack that creates the role";
    return [
      undecided(role.function, `what the role of ${label(role.function)} may do is not known`, decidedBy),
    ];
  }
  const uses = usesOf(identity);
  const doubts = doubtsAbout(identity, graph);
  return [
    ...doubts,
    ...(doubts.length > 0
      ? []
      : role.secrets.flatMap((secret) => checkNeeds(secret, role, identity, uses, graph))),
    ...uses.flatMap((use) => checkExcess(use, role, alsoAllowed)),
  ];
}

/** What of the role's permissions is not known; until then it may have what it seems to lack. */
function doubtsAbout(identity: Identity, graph: Graph): readonly Finding[] {
  const pending = identity.documents.flatMap((held) =>
    held.state === "unknown" ? [undecided(held.holder, `${whereOf(held)} is not known`, held.decidedBy)] : [],
  );
  const unclear = identity.unclear.map(({ holder, decidedBy }) =>
    undecided(holder, `what ${label(holder)} attaches is not known`, decidedBy),
  );
  const elsewhere = identity.managed
    .filter(({ arn }) => managedPolicy(arn) === undefined)
    .map(({ holder, arn }) =>
      undecided(holder, `what ${arn} allows is not in this stack`, "the stack that holds the policy"),
    );
  const loose = identitiesOf(graph).loose.map((holder) =>
    undecided(holder, `whose ${label(holder)} is is not known`, "the name of the identity"),
  );
  return [...pending, ...unclear, ...elsewhere, ...loose];
}

function checkNeeds(
  secret: SecretNode,
  { function: code }: RotationRole,
  identity: Identity,
  uses: readonly DocumentUse[],
  graph: Graph,
): readonly Finding[] {
  const missing = missingActions(secret, identity.resource, uses, graph);
  const where = label(secret.resource);
  if (missing === undefined) {
    return [
      undecided(
        secret.resource,
        `the ARN of ${where} is not known`,
        "the name of the secret and the account of its provider",
      ),
    ];
  }
  if (missing.length === 0) return [];
  const fact = `${label(identity.resource)}, as which ${label(code)} rotates ${where}, may not ${missing.join(", ")}`;
  return [violation(identity.resource, fact, remediation)];
}

function checkExcess(
  use: DocumentUse,
  role: RotationRole,
  alsoAllowed: readonly string[],
): readonly Finding[] {
  const code = label(role.function);
  if (administers(use).kind !== "refused") {
    return [
      violation(use.holder, `${use.where} makes the rotation function ${code} an administrator`, remediation),
    ];
  }
  const own = role.secrets.flatMap((secret) => likelyArn(secret) ?? []);
  const onOwn = beyond.filter((action) => granted(use, action, own));
  const onKeys = keyAdministration.filter(
    (action) => granted(use, action, undefined) || granted(use, action, namedArns(use, "kms")),
  );
  const excess = [...onOwn, ...onKeys].filter((action) => !alsoAllowed.includes(action));
  const others = rotationActions.slice(1).filter((action) => granted(use, action, undefined));
  const facts = [
    ...(excess.length === 0 ? [] : [`lets the rotation function ${code} ${excess.join(", ")}`]),
    ...(others.length === 0
      ? []
      : [`lets the rotation function ${code} ${others.join(", ")} on every secret`]),
    ...otherWritten(use, role).map((pattern) => `lets the rotation function ${code} change ${pattern}`),
  ];
  return facts.map((fact) => violation(use.holder, `${use.where} ${fact}`, remediation));
}

/** Secrets that the document names, that the function does not rotate, and whose value it may change. */
function otherWritten(use: DocumentUse, role: RotationRole): readonly string[] {
  const own = role.secrets.map(nameOf);
  if (own.includes(undefined)) return [];
  return factsOf(use.document).resources.filter((pattern) => {
    const name = nameInArn(pattern);
    if (name === undefined || name === "*" || own.includes(name)) return false;
    const accountId = pattern.split(":")[4] ?? "";
    return writing.some((action) => granted(use, action, [instance(pattern, accountId)]));
  });
}

function granted(use: DocumentUse, action: string, arns: readonly string[] | undefined): boolean {
  return grants(use, arns === undefined ? { action } : { action, arns }).kind === "granted";
}
