import { Service } from "../core/operation";
import { awsJson } from "./aws-json";
import { awsQuery } from "./aws-query";
import { Protocol } from "./protocol";
import { restJson } from "./rest-json";

/** How a service speaks; awsJson 1.1 where the service is not known. */
export function protocolOf(service: Service | undefined): Protocol {
  const protocol = service?.protocol;
  switch (protocol?.kind) {
    case "aws-query":
      return awsQuery(protocol.namespace);
    case "rest-json":
      return restJson(protocol.routes);
    case "aws-json":
      return awsJson(protocol.version, protocol.messageMember);
    case undefined:
      return awsJson("1.1", "message");
  }
}
