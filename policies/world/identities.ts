import { WorldDocument } from "../../iam/proof";
import { Granted } from "../facts/identities/identity-grants";
import { identitiesOf } from "../facts/identities/identities";
import { Graph } from "../stack/graph";
import { Resource, types } from "../stack/resource";
import { principalArn } from "./addresses";
import { attachedPolicy, holderName, inlinePolicy, policyAt } from "./attached-policies";

/** Policies of roles and users, wherever the stack writes them, as the proof takes them. */
export class Identities {
  private readonly found;

  constructor(graph: Graph) {
    this.found = identitiesOf(graph);
  }

  /** Identity policies of a role or a user, a user's with those of the groups. */
  of(holder: Resource): readonly WorldDocument[] {
    return [...[holder, ...this.groupsOf(holder)].flatMap((one) => this.ownOf(one)), ...this.loose()];
  }

  /** The policy that bounds a role or a user. */
  boundaryOf(holder: Resource): WorldDocument | undefined {
    const link = this.found.of(holder)?.boundary ?? { kind: "none" };
    return policyAt(link, holderName(holder), "boundary of", "permissionsBoundary")[0];
  }

  /** ARNs of the managed policies that a role or a user has, a user's with those of the groups. */
  managedPoliciesOf(holder: Resource): readonly string[] {
    const granted = [holder, ...this.groupsOf(holder)].flatMap((one) => this.found.of(one)?.granted ?? []);
    return [...new Set(granted.flatMap((one) => policyArnOf(one) ?? []))];
  }

  /** Groups of a user. */
  groupsOf(holder: Resource): readonly Resource[] {
    return this.found.of(holder)?.groups ?? [];
  }

  /** ARN of the policy that bounds a role or a user. */
  boundaryArnOf(holder: Resource): string | undefined {
    const link = this.found.of(holder)?.boundary;
    if (link?.kind === "outside") return link.reference;
    const [policy] = link?.kind === "inside" ? link.resources : [];
    return policy && principalArn(policy);
  }

  private ownOf(holder: Resource): readonly WorldDocument[] {
    const granted = this.found.of(holder)?.granted ?? [];
    return granted.map((one) => worldGrant(one, holderName(holder)));
  }

  /** What nobody can tell yet whom it belongs to may belong to any of them. */
  private loose(): readonly WorldDocument[] {
    return this.found.loose.map(({ name }) => ({
      source: `policy of ${name}`,
      unknown: "it is not known whom it belongs to",
    }));
  }
}

/** Of a policy that can be attached elsewhere too; `undefined` for an inline one. */
function policyArnOf(granted: Granted): string | undefined {
  if (granted.kind === "managed") return granted.arn;
  if (granted.kind === "unclear" || granted.document.holder.type !== types.policy) return undefined;
  return principalArn(granted.document.holder);
}

function worldGrant(granted: Granted, holder: string): WorldDocument {
  switch (granted.kind) {
    case "document": {
      const { document } = granted;
      return document.holder.type === types.policy
        ? attachedPolicy(document, holder)
        : inlinePolicy(document, holder);
    }
    case "managed":
      return policyAt({ kind: "outside", reference: granted.arn }, holder, "attached to", "policyArn")[0]!;
    case "unclear":
      return { source: `policies of ${holder}`, unknown: `it depends on ${granted.decidedBy}` };
  }
}
