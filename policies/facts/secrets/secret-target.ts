import { DocumentFacts } from "../../documents/document-facts";
import { SecretNode } from "../../stack/graph";
import { accountOf, regionOf } from "../../stack/location";
import { Target } from "../../documents/probe";
import { instance } from "../../documents/requester";
import { readString, Tri } from "../../stack/tri-state";

/** Stands for an account that is not known; it is in no document. */
export const unknownAccount = "000000000001";

/** Account that owns the secret. */
export function ownerOf(secret: SecretNode): Tri<string> {
  const { resource } = secret;
  if (secret.inStack) return accountOf(resource);
  const arn = readString(resource.props, "secretArn");
  const account = arn.state === "known" ? arn.value.split(":")[4] : undefined;
  return account ? { state: "known", value: account } : accountOf(resource);
}

/** The secret as a request names it. A document is about its own secret, so what it names counts as well. */
export function secretTarget(secret: SecretNode, facts: DocumentFacts, actions: readonly string[]): Target {
  const owner = ownerOf(secret);
  const accountId = owner.state === "known" ? owner.value : unknownAccount;
  return {
    actions,
    accountId,
    resourceArns: [...new Set([arnOf(secret, accountId), ...named(facts, accountId)])],
  };
}

/** ARN of the secret, with any ending where AWS has yet to choose it; undefined when the name is not known either. */
export function likelyArn(secret: SecretNode): string | undefined {
  const owner = ownerOf(secret);
  const known = ["arn", "name"].some(
    (property) => readString(secret.resource.props, property).state === "known",
  );
  return known && owner.state === "known" ? arnOf(secret, owner.value) : undefined;
}

function arnOf(secret: SecretNode, accountId: string): string {
  const arn = readString(secret.resource.props, secret.inStack ? "arn" : "secretArn");
  if (arn.state === "known") return arn.value;
  const region = regionOf(secret.resource);
  const name = readString(secret.resource.props, "name");
  const where = region.state === "known" ? region.value : "us-east-1";
  const what = name.state === "known" ? name.value : secret.resource.name;
  return `arn:aws:secretsmanager:${where}:${accountId}:secret:${what}-a1b2c3`;
}

function named(facts: DocumentFacts, accountId: string): readonly string[] {
  return facts.resources
    .filter((pattern) => pattern.startsWith("arn:"))
    .map((pattern) => instance(pattern, accountId));
}
