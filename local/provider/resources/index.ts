import { ResourceType } from "../resource-type";
import { eventRule } from "./cloudwatch-event-rule";
import { eventTarget } from "./cloudwatch-event-target";
import { logGroup } from "./cloudwatch-log-group";
import { metricAlarm } from "./cloudwatch-metric-alarm";
import { securityGroup } from "./ec2-security-group";
import { vpcEndpoint } from "./ec2-vpc-endpoint";
import { vpcEndpointPolicy } from "./ec2-vpc-endpoint-policy";
import { iamPolicy } from "./iam-policy";
import { iamRole } from "./iam-role";
import { iamRolePolicy } from "./iam-role-policy";
import { iamRolePolicyAttachment } from "./iam-role-policy-attachment";
import { kmsAlias } from "./kms-alias";
import { kmsGrant } from "./kms-grant";
import { kmsKey } from "./kms-key";
import { kmsKeyPolicy } from "./kms-key-policy";
import { kmsReplicaKey } from "./kms-replica-key";
import { lambdaFunction } from "./lambda-function";
import { lambdaPermission } from "./lambda-permission";
import { secret } from "./secretsmanager-secret";
import { secretPolicy } from "./secretsmanager-secret-policy";
import { secretRotation } from "./secretsmanager-secret-rotation";
import { secretVersion } from "./secretsmanager-secret-version";
import { secretTag } from "./secretsmanager-tag";
import { snsTopic } from "./sns-topic";
import { securityGroupEgressRule, securityGroupIngressRule } from "./vpc-security-group-rules";

/** Every resource type that is modelled. */
export const resourceTypes: readonly ResourceType[] = [
  eventRule,
  eventTarget,
  iamPolicy,
  iamRole,
  iamRolePolicy,
  iamRolePolicyAttachment,
  kmsAlias,
  kmsGrant,
  kmsKey,
  kmsKeyPolicy,
  kmsReplicaKey,
  lambdaFunction,
  lambdaPermission,
  logGroup,
  metricAlarm,
  secret,
  secretPolicy,
  secretRotation,
  secretTag,
  secretVersion,
  securityGroup,
  securityGroupEgressRule,
  securityGroupIngressRule,
  snsTopic,
  vpcEndpoint,
  vpcEndpointPolicy,
];
