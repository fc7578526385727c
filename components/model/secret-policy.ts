import { PolicyDocument, Statement } from "../../iam/policy-document";
import { Grant, grantedRoleArns, grantPrincipal, READ_ACTIONS } from "./grant";

export interface SecretPolicyFacts {
  readonly organizationId: string;
  readonly grants: readonly Grant[];
  /** @default "aws" */
  readonly partition?: string;
}

/**
 * The resource policy of one secret, the same in every Region. Each grant is for an account's root, narrowed to the
 * named roles, to the VPCs and to the organisation; nobody from outside the organisation gets in, whatever else is
 * allowed later. The rotation function is of the secret's own account, so its identity policy is enough.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html
 */
export function secretPolicy({
  organizationId,
  grants,
  partition = "aws",
}: SecretPolicyFacts): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      ...grants.map((grant, index) => readStatement(grant, index, organizationId, partition)),
      {
        Sid: "DenyOutsideOrganization",
        Effect: "Deny",
        Principal: "*",
        Action: "secretsmanager:*",
        Resource: "*",
        Condition: {
          StringNotEquals: { "aws:PrincipalOrgID": organizationId },
          BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        },
      },
    ],
  };
}

function readStatement(grant: Grant, index: number, organizationId: string, partition: string): Statement {
  return {
    Sid: `Grant${index + 1}`,
    Effect: "Allow",
    Principal: grantPrincipal(grant, partition),
    Action: READ_ACTIONS,
    Resource: "*", // in a secret's own policy, "*" means this secret
    Condition: {
      StringEquals: {
        "aws:PrincipalArn": grantedRoleArns(grant, partition),
        "aws:PrincipalOrgID": organizationId,
        "aws:SourceVpc": grant.vpcIds,
      },
    },
  };
}
