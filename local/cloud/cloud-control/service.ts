import { Service } from "../core/operation";
import { createResource, deleteResource, updateResource } from "./changes";
import { getResourceRequestStatus } from "./progress";
import { getResource, listResources } from "./reads";

/** AWS Cloud Control API over the types the platform uses and no service models: every change is done at once. */
export const service: Service = {
  signingName: "cloudcontrolapi",
  eventSource: "cloudcontrolapi.amazonaws.com",
  protocol: { kind: "aws-json", version: "1.0", targetPrefix: "CloudApiService", messageMember: "Message" },
  operations: [
    createResource,
    getResource,
    updateResource,
    deleteResource,
    listResources,
    getResourceRequestStatus,
  ],
  notModelled: ["CancelResourceRequest", "ListResourceRequests"],
};
