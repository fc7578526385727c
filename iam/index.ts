export type {
  ConditionBlock,
  ConditionValues,
  OneOrMore,
  PolicyDocument,
  PrincipalElement,
  Statement,
} from "./policy-document";
export type { AccessRequest, RequestContext, RequestPrincipal } from "./access-request";
export type {
  AllowReason,
  AttachedPolicy,
  Decision,
  DenyReason,
  KmsGrant,
  PolicyKind,
  PolicyWorld,
  StatementRef,
} from "./decision";
export { compilePolicy, statementsOf } from "./compiled-policy";
export type { CompiledPolicy } from "./compiled-policy";
export { decide } from "./decide";
export { explain } from "./explain";
export { parsePolicy } from "./parse-policy";
export type { ParsedPolicy } from "./parse-policy";
export type { DocumentKind } from "./policy-kind";
export { renderPolicy } from "./render-policy";
export { sizeProblems } from "./policy-size";
