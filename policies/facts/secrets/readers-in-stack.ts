import { administers } from "../../documents/administrator";
import { factsOf } from "../../documents/document-facts";
import { DocumentUse, documentUses } from "../../documents/document-uses";
import { Graph, SecretNode } from "../../stack/graph";
import { grants } from "../identities/identity-probe";
import { parseArn } from "../../stack/location";
import { canRead, organizationsIn } from "./readers";
import { input, Resource, types } from "../../stack/resource";
import { rotationRoles } from "../rotation/rotation-roles";
import { likelyArn, ownerOf } from "./secret-target";
import { nameInArn, nameOf } from "./secret-names";
import { readWhole } from "../../stack/tri-state";

/** What is known of the readers of a secret. */
export type Reading = "read" | "unread" | "unknown";

const action = "secretsmanager:GetSecretValue";

/** An account that no document names. */
const anyAccount = "000000000000";

/** Resources about the secret itself, which do not read it. */
const satellites: ReadonlySet<string> = new Set([
  types.secret,
  types.secretPolicy,
  types.secretRotation,
  types.secretVersion,
  types.key,
  types.externalKey,
  types.replicaKey,
  types.keyPolicy,
  types.grant,
  types.permission,
]);

/** Kinds whose documents are judged, when they are known. */
const documents: ReadonlySet<string> = new Set([
  types.role,
  types.rolePolicy,
  types.policy,
  types.userPolicy,
  types.groupPolicy,
]);

/** Tells of each secret whether something of the stack may read it, rotating it apart. */
export class StackReaders {
  private readonly byName = new Map<string, DocumentUse[]>();
  private readonly broad: DocumentUse[] = [];
  /** URNs of the functions and roles that rotate a secret, by its URN. */
  private readonly rotators = new Map<string, ReadonlySet<string>>();
  private readonly used = new Set<string>();
  private readonly perhaps = new Set<string>();

  constructor(graph: Graph) {
    for (const use of documentUses(graph)) this.file(use);
    for (const { function: code, secrets, identity } of rotationRoles(graph)) {
      for (const { resource } of secrets) {
        const known = this.rotators.get(resource.urn) ?? [];
        const role = identity === undefined ? [] : [identity.resource.urn];
        this.rotators.set(resource.urn, new Set([...known, code.urn, ...role]));
      }
    }
    for (const resource of graph.of(...new Set(Object.values(types)))) this.note(resource);
  }

  of(secret: SecretNode): Reading {
    const { urn } = secret.resource;
    if (this.used.has(urn) || this.isGranted(secret)) return "read";
    const byPolicy = secret.policies.map(({ document }) => {
      if (document.state !== "known") return document.state === "unknown" ? "unknown" : "unread";
      return letsSomebodyRead(secret, document.document);
    });
    if (byPolicy.includes("read")) return "read";
    return byPolicy.includes("unknown") || this.perhaps.has(urn) ? "unknown" : "unread";
  }

  private file(use: DocumentUse): void {
    if (administers(use).kind !== "refused") return;
    const names = factsOf(use.document).resources.map(nameInArn);
    const exact = names.filter((name) => name !== undefined && !/[*?$]/.test(name));
    for (const name of new Set(exact)) {
      if (name !== undefined) this.byName.set(name, [...(this.byName.get(name) ?? []), use]);
    }
    const everywhere = grants(use, { action }).kind === "granted";
    if (everywhere || names.some((name) => name !== undefined && /[*?$]/.test(name))) this.broad.push(use);
  }

  /** Whoever is computed from the secret uses it; a document that is not known yet may let somebody read it. */
  private note(resource: Resource): void {
    if (satellites.has(resource.type)) return;
    for (const [property, sources] of Object.entries(resource.propertyDependencies ?? {})) {
      const document = documents.has(resource.type);
      if (document && input(resource, readWhole, property).state !== "unknown") continue;
      for (const secret of sources.filter(({ type }) => type === types.secret)) {
        if (this.rotators.get(secret.urn)?.has(resource.urn) === true) continue;
        (document ? this.perhaps : this.used).add(secret.urn);
      }
    }
  }

  private isGranted(secret: SecretNode): boolean {
    const arn = likelyArn(secret);
    if (arn === undefined) return false;
    const rotators = this.rotators.get(secret.resource.urn);
    return [...(this.byName.get(nameOf(secret) ?? "") ?? []), ...this.broad].some(
      (use) =>
        !(use.identity !== undefined && rotators?.has(use.identity.resource.urn) === true) &&
        grants(use, { action, arns: [arn] }).kind === "granted",
    );
  }
}

/** By the secret's own policy: another account, a principal by name, or everybody. */
function letsSomebodyRead(secret: SecretNode, document: Parameters<typeof factsOf>[0]): Reading {
  const { accounts, principals, opensToUnnamed } = factsOf(document);
  const owner = ownerOf(secret);
  const own = owner.state === "known" ? owner.value : undefined;
  const named = principals.filter((arn) => !arn.endsWith(":root"));
  const candidates = [
    ...(opensToUnnamed ? [{ id: anyAccount, arn: undefined }] : []),
    ...accounts.filter((id) => id !== own).map((id) => ({ id, arn: undefined })),
    ...named.map((arn) => ({ id: parseArn(arn)?.account ?? "", arn })),
  ];
  const admitted = candidates.some(({ id, arn }) =>
    organizationsIn(document).some(
      (organization) => canRead(document, secret, id, organization, arn).kind === "admitted",
    ),
  );
  return admitted ? "read" : "unread";
}
