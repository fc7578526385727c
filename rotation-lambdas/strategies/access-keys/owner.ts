import { CallQuery } from "../../aws-query";
import { isRefusedLogin, RotationError } from "../../rotation-error";
import { Environment } from "../../secrets-manager";
import { TimeBudget } from "../../time-budget";
import { AccessKeyCredential } from "./credential";
import { callerOf } from "./iam";

/** A new key is unknown to STS for some seconds. Milliseconds. */
const propagationPausesMs: readonly number[] = [500, 1000, 2000, 4000, 8000, 8000];

/** Proves that AWS knows the key and that it is the user's. */
export async function testKey(
  credential: AccessKeyCredential,
  userName: string,
  budget: TimeBudget,
  { call, environment }: { readonly call: CallQuery; readonly environment: Environment },
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      checkOwner(await callerOf(credential, call, environment, budget), userName);
      return;
    } catch (error) {
      const pauseMs = propagationPausesMs[attempt];
      if (!isRefusedLogin(error) || pauseMs === undefined || !(await budget.pause(pauseMs))) throw error;
    }
  }
}

/** @throws RotationError `policy-refused` for the ARN of anybody else */
export function checkOwner(arn: string, userName: string): void {
  const owner = /^arn:[^:]+:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  if (owner !== userName) throw new RotationError("policy-refused", `the key is not one of user ${userName}`);
}
