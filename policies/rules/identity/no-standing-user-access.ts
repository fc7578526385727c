import { Graph } from "../../stack/graph";
import { undecided, violation } from "../../findings";
import { deciders, input, label, Resource, types } from "../../stack/resource";
import { Finding, graphRule } from "../../rule";
import { readArray, readString } from "../../stack/tri-state";

const useGroups = "Give the permission to a group or, better, to a role that is assumed";

const settings = {
  forbidAccessKeys: {
    type: "boolean",
    default: true,
    description: "Forbid access keys of users: workloads and people take roles.",
  },
  forbidUserPolicies: {
    type: "boolean",
    default: true,
    description: "Forbid policies that are written into users or attached to them.",
  },
  forbidGroupInlinePolicies: {
    type: "boolean",
    default: false,
    description: "Forbid policies that are written into groups.",
  },
  forbidRoleInlinePolicies: {
    type: "boolean",
    default: false,
    description:
      "Forbid policies that are written into roles. Off, because such a policy can be attached to nothing else and " +
      "goes with its role.",
  },
} as const;

/** IAM-09. */
export const noStandingUserAccess = graphRule({
  id: "no-standing-user-access",
  code: "IAM-09",
  title: "Users have no access keys and no policies of their own",
  severity: "medium",
  frameworks: [
    { name: "CIS AWS Foundations", version: "7.0", reference: "2.13" },
    { name: "PCI DSS", version: "4.0.1", reference: "8.6.3" },
    { name: "NIST SP 800-53", version: "5", reference: "AC-6" },
    { name: "HIPAA", version: "2013", reference: "164.308(a)(3)(i)" },
  ],
  mapsTo: {
    checkov: ["CKV_AWS_40", "CKV_AWS_273"],
    trivy: ["AWS-0143"],
    cdkNag: ["HIPAA.Security-IAMNoInlinePolicy", "HIPAA.Security-IAMUserNoPolicies", "AwsSolutions-IAM4"],
    cfnNag: ["F10", "F11", "F12"],
    kics: ["b4378389", "7081f85c", "3561130e"],
    securityHub: ["IAM.2", "IAM.3", "IAM.22"],
    awsConfig: ["iam-user-no-policies-check", "iam-no-inline-policy-check", "access-keys-rotated"],
    prowler: [
      "iam_policy_attached_only_to_group_or_roles",
      "iam_rotate_access_key_90_days",
      "iam_user_with_temporary_credentials",
    ],
  },
  remediation: useGroups,
  settings,
  check: (graph, config) => [
    ...(config.forbidAccessKeys ? graph.of(types.accessKey).flatMap(checkAccessKey) : []),
    ...(config.forbidUserPolicies ? userPolicies(graph) : []),
    ...(config.forbidGroupInlinePolicies ? graph.of(types.groupPolicy).map(writtenInto("a group")) : []),
    ...(config.forbidRoleInlinePolicies ? roleInlinePolicies(graph) : []),
  ],
});

/** A key that is switched off opens nothing. */
function checkAccessKey(key: Resource): readonly Finding[] {
  const status = input(key, readString, "status");
  if (status.state === "known" && status.value === "Inactive") return [];
  if (status.state === "unknown") {
    return [undecided(key, `whether ${label(key)} is active is not known`, deciders(key, "status"))];
  }
  return [
    violation(key, `${label(key)} is a credential that does not expire`, "Let the workload take a role"),
  ];
}

function userPolicies(graph: Graph): readonly Finding[] {
  const attached = (one: Resource): Finding =>
    violation(one, `${label(one)} attaches a policy to a user`, useGroups);
  return [
    ...graph.of(types.userPolicy).map(writtenInto("a user")),
    ...graph.of(types.userPolicyAttachment, types.userPolicyAttachmentsExclusive).map(attached),
    ...graph.of(types.policyAttachment).flatMap((one) => {
      const users = input(one, readArray, "users");
      if (users.state === "unknown") {
        return [undecided(one, `the users of ${label(one)} are not known`, deciders(one, "users"))];
      }
      return users.state === "known" && users.value.length > 0 ? [attached(one)] : [];
    }),
  ];
}

function roleInlinePolicies(graph: Graph): readonly Finding[] {
  const inRoles = graph.of(types.role).filter((role) => {
    const policies = input(role, readArray, "inlinePolicies");
    return policies.state === "known" && policies.value.length > 0;
  });
  return [...inRoles, ...graph.of(types.rolePolicy)].map(writtenInto("a role"));
}

function writtenInto(what: string): (holder: Resource) => Finding {
  const fix = "Attach a managed policy instead";
  return (holder) => violation(holder, `${label(holder)} writes a policy into ${what}`, fix);
}
