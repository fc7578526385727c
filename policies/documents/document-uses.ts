import { PolicyDocument, statementsOf } from "../../iam";
import { documentIn, HeldDocument } from "./document";
import { Graph } from "../stack/graph";
import { identitiesOf, Identity, ManagedAttachment } from "../facts/identities/identities";
import { managedPolicy, managedPolicyName } from "./managed-policies";
import { once } from "../stack/once";
import { label, Resource } from "../stack/resource";

/** One identity policy as it works for one identity, together with what narrows it there. */
export interface DocumentUse {
  /** Where a finding belongs: the resource that holds the document, or attaches it when AWS keeps it. */
  readonly holder: Resource;
  /** How messages name the document. */
  readonly where: string;
  readonly document: PolicyDocument;
  /** Undefined for a policy that nothing of the stack has attached. */
  readonly identity: Identity | undefined;
  /** What the identity's other documents deny. */
  readonly denials: readonly PolicyDocument[];
  readonly boundary: Boundary;
}

/** The permissions boundary of an identity. */
export type Boundary =
  | { readonly kind: "none" }
  | { readonly kind: "known"; readonly document: PolicyDocument }
  /** There is one; this is how messages name it. */
  | { readonly kind: "unclear"; readonly name: string };

/** Every readable identity policy of the stack with each identity that it is attached to; read once for each graph. */
export const documentUses = once((graph: Graph): readonly DocumentUse[] => {
  const { all, documents, managed } = identitiesOf(graph);
  const attached = all.flatMap((identity) => usesOf(identity));
  const seen = new Set(attached.map(({ holder, where }) => `${holder.urn} ${where}`));
  const unattached = [
    ...documents.flatMap((held) => ownUse(held, undefined, { kind: "none" }) ?? []),
    ...managed.flatMap((attachment) => keptUse(attachment, undefined, { kind: "none" }) ?? []),
  ];
  return [...attached, ...unattached.filter(({ holder, where }) => !seen.has(`${holder.urn} ${where}`))];
});

/** What one identity may do by each of its documents. */
export const usesOf = once((identity: Identity): readonly DocumentUse[] => {
  const boundary = boundaryOf(identity);
  const all = [
    ...identity.documents.flatMap((held) => ownUse(held, identity, boundary) ?? []),
    ...identity.managed.flatMap((attachment) => keptUse(attachment, identity, boundary) ?? []),
  ];
  return all.map((use) => ({
    ...use,
    denials: all.flatMap((other) => (other === use ? [] : denialsOf(other.document))),
  }));
});

function ownUse(
  held: HeldDocument,
  identity: Identity | undefined,
  boundary: Boundary,
): DocumentUse | undefined {
  if (held.state !== "known") return undefined;
  const { holder, document } = held;
  return { holder, where: whereOf(held), document, identity, denials: [], boundary };
}

function keptUse(
  { holder, arn }: ManagedAttachment,
  identity: Identity | undefined,
  boundary: Boundary,
): DocumentUse | undefined {
  const document = managedPolicy(arn);
  const where = `${managedPolicyName(arn)}, which ${label(holder)} attaches,`;
  return document && { holder, where, document, identity, denials: [], boundary };
}

/** `the policy of Role "orders"`: how messages name an identity policy. */
export function whereOf({ holder, path }: HeldDocument): string {
  const ordinal = path === undefined ? "policy" : `inline policy ${Number(path[0]) + 1}`;
  return `the ${ordinal} of ${label(holder)}`;
}

function boundaryOf({ resource, boundary }: Identity): Boundary {
  switch (boundary.kind) {
    case "none":
      return boundary;
    case "unknown":
      return { kind: "unclear", name: `the permissions boundary of ${label(resource)}` };
    case "outside": {
      const document = managedPolicy(boundary.reference);
      return document === undefined
        ? { kind: "unclear", name: `the permissions boundary of ${label(resource)}` }
        : { kind: "known", document };
    }
    case "inside":
      return boundaryIn(boundary.resources, resource);
  }
}

function boundaryIn(candidates: readonly Resource[], resource: Resource): Boundary {
  const [only, ...others] = candidates.map((candidate) => documentIn(candidate, "policy", "identity"));
  return only?.state === "known" && others.length === 0
    ? { kind: "known", document: only.document }
    : { kind: "unclear", name: `the permissions boundary of ${label(resource)}` };
}

/** The document's Deny statements, as a document of their own. */
const denialsOf = once((document: PolicyDocument): readonly PolicyDocument[] => {
  const statements = statementsOf(document).filter(({ Effect: effect }) => effect === "Deny");
  return statements.length === 0 ? [] : [{ ...document, Statement: statements }];
});
