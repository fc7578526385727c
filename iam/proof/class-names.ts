import { Who } from "./answer";

/** The same for the same principal or class. */
export function nameOf(who: Who): string {
  switch (who.kind) {
    case "principal":
      return who.arn;
    case "others-of-account":
      return `others of ${who.accountId}`;
    case "aws-service":
      return `service ${who.service ?? ""}`;
    case "federated":
      return `federated ${who.provider}`;
    default:
      return who.kind;
  }
}
