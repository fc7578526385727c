import { Operation } from "../core/operation";
import { structure } from "../core/shape";

/** Needs no permission, not even against a deny: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity: Operation = {
  name: "GetCallerIdentity",
  input: structure({}),
  authorize: () => [],
  run: (_input, call) => ({ UserId: call.callerId, Account: call.accountId, Arn: call.callerArn }),
  trail: { readOnly: true },
};
