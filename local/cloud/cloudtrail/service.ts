import { Service } from "../core/operation";
import { lookupEvents } from "./lookup-events";

/** AWS CloudTrail's event history; trails are passive resources of Cloud Control. */
export const service: Service = {
  signingName: "cloudtrail",
  eventSource: "cloudtrail.amazonaws.com",
  protocol: {
    kind: "aws-json",
    version: "1.1",
    targetPrefix: "CloudTrail_20131101",
    messageMember: "Message",
  },
  operations: [lookupEvents],
};
