import { AccessRequest, decide, Decision, PolicyWorld } from "../../iam";

/**
 * A decision in one line, whole: the statements, grant or rule that allowed, or the kind of document that denied and
 * the documents looked at.
 */
export function outcome(request: AccessRequest, world: PolicyWorld): string {
  return inOneLine(decide(request, world));
}

export function inOneLine(decision: Decision): string {
  if (decision.allowed) {
    switch (decision.by.kind) {
      case "statements":
        return `allowed by ${decision.by.statements.map(({ source, index }) => `${source}[${index}]`).join(" + ")}`;
      case "grant":
        return `allowed by grant ${decision.by.grantId}`;
      case "root":
        return "allowed as root";
    }
  }
  const { because } = decision;
  switch (because.kind) {
    case "explicit-deny":
      return `denied by ${because.policyKind} ${because.statement.source}[${because.statement.index}]`;
    case "not-allowed":
      return `not allowed by ${because.policyKind} (${because.sources.join(", ")})`;
    case "key-policy-does-not-delegate":
      return `${because.kind} ${because.accountId}`;
    default:
      return because.kind;
  }
}
