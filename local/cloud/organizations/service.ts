import { Service } from "../core/operation";
import { attachmentOperations } from "./attachments";
import { organizationOperations } from "./operations";
import { policyOperations } from "./policies";

/** AWS Organizations: one organisation, its accounts, and its service and resource control policies. */
export const service: Service = {
  signingName: "organizations",
  eventSource: "organizations.amazonaws.com",
  globalRegion: "us-east-1",
  protocol: {
    kind: "aws-json",
    version: "1.1",
    targetPrefix: "AWSOrganizationsV20161128",
    messageMember: "Message",
  },
  operations: [...organizationOperations, ...policyOperations, ...attachmentOperations],
};
