import { DenyReason, PolicyKind } from "../../../iam";

const KIND_NAMES: Readonly<Record<PolicyKind, string>> = {
  identity: "identity-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  resource: "resource-based policy",
  endpoint: "VPC endpoint policy",
  scp: "service control policy",
  rcp: "resource control policy",
};

/**
 * AWS's sentence for a refusal.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDeniedMessage(
  user: string,
  action: string,
  resource: string,
  because: DenyReason,
): string {
  return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason(action, because)}`;
}

function reason(action: string, because: DenyReason): string {
  switch (because.kind) {
    case "explicit-deny":
      return `with an explicit deny in ${article(KIND_NAMES[because.policyKind])}`;
    case "not-allowed":
      return `because no ${KIND_NAMES[because.policyKind]} allows the ${action} action`;
    case "no-resource-policy":
    case "key-policy-does-not-delegate":
    case "anonymous-not-allowed":
      return `because no resource-based policy allows the ${action} action`;
  }
}

function article(name: string): string {
  return `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
}
