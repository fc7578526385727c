/** What a document is for: decides which elements it must and must not have, and how long it may be. */
export type DocumentKind =
  | "identity"
  | "boundary"
  | "session"
  | "resource"
  | "trust"
  | "key"
  | "endpoint"
  | "scp"
  | "rcp"
  | "function";

/** Whether an element must, may or must not be there. */
export type Presence = "required" | "optional" | "forbidden";

/** The elements in which the kinds differ. */
export interface DocumentShape {
  readonly principal: Presence;
  readonly notPrincipal: "optional" | "forbidden";
  readonly resource: Presence;
}

const ATTACHED_TO_A_CALLER: DocumentShape = {
  principal: "forbidden",
  notPrincipal: "forbidden",
  resource: "required",
};
const ATTACHED_TO_A_RESOURCE: DocumentShape = {
  principal: "required",
  notPrincipal: "optional",
  resource: "required",
};

/**
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
export const DOCUMENT_SHAPES: Readonly<Record<DocumentKind, DocumentShape>> = {
  identity: ATTACHED_TO_A_CALLER,
  boundary: ATTACHED_TO_A_CALLER,
  session: ATTACHED_TO_A_CALLER,
  scp: ATTACHED_TO_A_CALLER,
  resource: ATTACHED_TO_A_RESOURCE,
  key: ATTACHED_TO_A_RESOURCE,
  endpoint: ATTACHED_TO_A_RESOURCE,
  function: ATTACHED_TO_A_RESOURCE,
  rcp: { ...ATTACHED_TO_A_RESOURCE, notPrincipal: "forbidden" },
  trust: { principal: "required", notPrincipal: "forbidden", resource: "forbidden" },
};
