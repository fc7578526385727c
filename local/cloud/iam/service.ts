import { Operation, Service } from "../core/operation";
import { getAccessKeyLastUsed } from "./access-key-use";
import { accessKeyOperations } from "./access-keys";
import { attachedPolicyOperations } from "./attached-policies";
import { inlinePolicyOperations } from "./inline-policies";
import { policyOperations } from "./policies";
import { policyVersionOperations } from "./policy-versions";
import { ROLE, USER } from "./principal-kind";
import { principalTagOperations } from "./principal-tags";
import { roleOperations } from "./roles";
import { userOperations } from "./users";
import { withTrail } from "./trail";

const operations: readonly Operation[] = [
  ...userOperations,
  ...accessKeyOperations,
  getAccessKeyLastUsed,
  ...roleOperations,
  ...policyOperations,
  ...policyVersionOperations,
  ...[USER, ROLE].flatMap((kind) => [
    ...inlinePolicyOperations(kind),
    ...attachedPolicyOperations(kind),
    ...principalTagOperations(kind),
  ]),
];

/** AWS Identity and Access Management: users, access keys, roles and policies. */
export const service: Service = {
  signingName: "iam",
  eventSource: "iam.amazonaws.com",
  globalRegion: "us-east-1",
  protocol: {
    kind: "aws-query",
    version: "2010-05-08",
    namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  },
  operations: operations.map(withTrail),
  accessDenied: { code: "AccessDenied", status: 403 },
};
