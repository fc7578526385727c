import { AllowReason, Decision, DenyReason, PolicyKind, StatementRef } from "./decision";

const KIND_NAMES: Readonly<Record<PolicyKind, string>> = {
  identity: "identity policy",
  boundary: "permissions boundary",
  session: "session policy",
  resource: "resource policy",
  endpoint: "VPC endpoint policy",
  scp: "service control policy",
  rcp: "resource control policy",
};

/** One sentence that names the deciding document and statement, or what is missing. */
export function explain(decision: Decision): string {
  return decision.allowed
    ? `Allowed by ${explainAllow(decision.by)}.`
    : `Denied: ${explainDeny(decision.because)}.`;
}

function explainAllow(reason: AllowReason): string {
  switch (reason.kind) {
    case "statements":
      return reason.statements.map(nameOf).join(" and ");
    case "grant":
      return `grant ${reason.grantId} of the key`;
    case "root":
      return "being the root user of the account that owns the resource";
  }
}

function explainDeny(reason: DenyReason): string {
  switch (reason.kind) {
    case "explicit-deny":
      return `${nameOf(reason.statement)} denies it explicitly (${KIND_NAMES[reason.policyKind]})`;
    case "not-allowed":
      return reason.sources.length === 0
        ? `there is no ${KIND_NAMES[reason.policyKind]}, and one must allow it`
        : `no statement of the ${KIND_NAMES[reason.policyKind]} allows it (looked at: ${reason.sources.join(", ")})`;
    case "no-resource-policy":
      return "the resource has no policy, and one must allow it";
    case "key-policy-does-not-delegate":
      return (
        `neither the key policy nor a grant allows it to the caller or to account ${reason.accountId}, ` +
        "so the caller's own policies count for nothing"
      );
    case "anonymous-not-allowed":
      return "the request is anonymous, and no resource policy allows it to everyone";
  }
}

function nameOf({ source, index, sid }: StatementRef): string {
  return `statement ${sid === undefined ? `number ${index + 1}` : `"${sid}"`} of ${source}`;
}
