import { DocumentFacts } from "../../documents/document-facts";
import { KeyNode } from "../../stack/graph";
import { accountOf, parseArn, regionOf } from "../../stack/location";
import { Target } from "../../documents/probe";
import { instance } from "../../documents/requester";
import { unknownAccount } from "../secrets/secret-target";
import { readString, Tri } from "../../stack/tri-state";

/** Account that owns the key. */
export function keyOwnerOf(key: KeyNode): Tri<string> {
  if (key.inStack) return accountOf(key.resource);
  const id = readString(key.resource.props, "keyId");
  const account = id.state === "known" ? parseArn(id.value)?.account : undefined;
  return account ? { state: "known", value: account } : accountOf(key.resource);
}

/** The key as a request names it: its ARN, and those its document names. */
export function keyTarget(key: KeyNode, facts: DocumentFacts, actions: readonly string[]): Target {
  const owner = keyOwnerOf(key);
  const accountId = owner.state === "known" ? owner.value : unknownAccount;
  const arn = readString(key.resource.props, "arn");
  const region = regionOf(key.resource);
  const where = region.state === "known" ? region.value : "us-east-1";
  const own =
    arn.state === "known"
      ? arn.value
      : `arn:aws:kms:${where}:${accountId}:key/11111111-2222-3333-4444-555555555555`;
  const named = facts.resources
    .filter((pattern) => pattern.startsWith("arn:"))
    .map((pattern) => instance(pattern, accountId));
  return { actions, accountId, resourceArns: [...new Set([own, ...named])] };
}
