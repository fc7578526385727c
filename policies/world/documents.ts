import { compilePolicy, PolicyDocument } from "../../iam";
import { WorldDocument } from "../../iam/proof";
import { HeldDocument } from "../documents/document";

/**
 * A document of the graph as the proof takes it.
 *
 * @param source how explanations name it: "inline policy read of role orders-service"
 */
export function worldDocument(held: HeldDocument, source: string): WorldDocument {
  switch (held.state) {
    case "known":
      return { source, policy: compilePolicy(held.document) };
    case "unknown":
      return { source, unknown: `it depends on ${held.decidedBy}` };
    case "unreadable":
      return { source, unknown: `it cannot be read: ${held.reason}` };
  }
}

/** A document that is given as such. */
export function givenDocument(document: PolicyDocument, source: string): WorldDocument {
  return { source, policy: compilePolicy(document) };
}
