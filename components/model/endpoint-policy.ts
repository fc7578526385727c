import { PolicyDocument } from "../../iam/policy-document";
import { READ_ACTIONS } from "./grant";

export interface EndpointPolicyFacts {
  readonly organizationId: string;
  /** ARNs, or patterns of them, of the secrets that may be read through the endpoint. At least one. */
  readonly secretArns: readonly string[];
}

/**
 * What may pass through a VPC endpoint of Secrets Manager: reads of the given secrets by identities of the
 * organisation. Everything else is refused, another organisation's secret with another organisation's keys included.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function endpointPolicy({ organizationId, secretArns }: EndpointPolicyFacts): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadGrantedSecrets",
        Effect: "Allow",
        Principal: "*",
        Action: READ_ACTIONS,
        Resource: secretArns,
        Condition: { StringEquals: { "aws:PrincipalOrgID": organizationId } },
      },
    ],
  };
}
