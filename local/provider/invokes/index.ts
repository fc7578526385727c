import { LocalProvider } from "../provider";
import { Properties } from "../values";
import { getCallerIdentity, getPartition, getRegion } from "./account-facts";
import { getPolicyDocument } from "./policy-document";
import { getKey, getSecret } from "./secrets-and-keys";

/** Every function of the provider that is modelled, by token. */
export const invokeFunctions: ReadonlyMap<
  string,
  (args: Properties, provider: LocalProvider) => Promise<Properties>
> = new Map([
  ["aws:index/getCallerIdentity:getCallerIdentity", getCallerIdentity],
  ["aws:index/getRegion:getRegion", getRegion],
  ["aws:index/getPartition:getPartition", getPartition],
  ["aws:iam/getPolicyDocument:getPolicyDocument", getPolicyDocument],
  ["aws:kms/getKey:getKey", getKey],
  ["aws:secretsmanager/getSecret:getSecret", getSecret],
]);
