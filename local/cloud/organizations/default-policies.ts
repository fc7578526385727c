import { OrganizationPolicyRecord } from "./records";

/** Attached to everything unless detached: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html */
export function defaultPolicies(targetIds: readonly string[]): readonly OrganizationPolicyRecord[] {
  return [
    {
      id: "p-FullAWSAccess",
      name: "FullAWSAccess",
      description: "Allows access to every operation",
      type: "SERVICE_CONTROL_POLICY",
      isAwsManaged: true,
      content: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      }),
      targetIds,
    },
    {
      id: "p-RCPFullAWSAccess",
      name: "RCPFullAWSAccess",
      description: "Allows access to every resource",
      type: "RESOURCE_CONTROL_POLICY",
      isAwsManaged: true,
      content: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
      }),
      targetIds,
    },
  ];
}
