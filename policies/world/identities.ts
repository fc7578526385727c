import { WorldDocument } from "../../iam/proof";
import { Granted } from "../facts/identities/identity-grants";
import { identitiesOf } from "../facts/identities/identities";
import { Graph } from "../stack/graph";
import { Resource, types } from "../stack/resource";
import { attachedPolicy, holderName, inlinePolicy, policyAt } from "./attached-policies";

/** Policies of roles and users, wherever the stack writes them, as the proof takes them. */
export class Identities {
  private readonly found;

  constructor(graph: Graph) {
    this.found = identitiesOf(graph);
  }

  /** Identity policies of a role or a user, a user's with those of the groups. */
  of(holder: Resource): readonly WorldDocument[] {
    const groups = this.found.of(holder)?.groups ?? [];
    return [...[holder, ...groups].flatMap((one) => this.ownOf(one)), ...this.loose()];
  }

  /** The policy that bounds a role or a user. */
  boundaryOf(holder: Resource): WorldDocument | undefined {
    const link = this.found.of(holder)?.boundary ?? { kind: "none" };
    return policyAt(link, holderName(holder), "boundary of", "permissionsBoundary")[0];
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
