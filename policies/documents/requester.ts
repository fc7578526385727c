import { RequestPrincipal } from "../../iam";
import { DocumentFacts } from "./document-facts";
import { parseArn } from "../stack/location";

/** A class of callers to probe a document with. */
export type Requester =
  /** No credentials at all. */
  | { readonly kind: "anonymous" }
  /** Some principal of an account. */
  | {
      readonly kind: "account";
      readonly accountId: string;
      /** Organisation of the account; undefined for an account of none. */
      readonly organizationId?: string;
      /** True when the networks that the document names may be this account's own. */
      readonly ownsNetworks: boolean;
      /** One principal ARN, where not any of the account will do. */
      readonly principalArn?: string;
    };

/** An account that no document names, in an organisation that none names either. */
export const outsider: Requester = {
  kind: "account",
  accountId: "000000000000",
  organizationId: "o-anyotherone",
  ownsNetworks: false,
};

/** As {@link outsider}, in no organisation: `...IfExists` and `ForAllValues` let absent keys pass. */
export const loner: Requester = { kind: "account", accountId: "000000000000", ownsNetworks: false };

export const anonymous: Requester = { kind: "anonymous" };

const anyRole = "role/any-other-role";

/** ARNs of the principals of the account that the document may tell apart: those it names, and one it does not. */
export function principalArns(facts: DocumentFacts, accountId: string): readonly string[] {
  const patterns = [...facts.principals, ...(facts.literals.get("aws:principalarn") ?? [])];
  const named = patterns.flatMap((pattern) => {
    const arn = roleOfSession(instance(pattern, accountId));
    return parseArn(arn)?.account === accountId && !arn.endsWith(":root") ? [arn] : [];
  });
  return [...new Set([...named, `arn:aws:iam::${accountId}:${anyRole}`])];
}

/** The principal with this ARN: a session of a role, a user, or the root user. */
export function principalWith(arn: string, accountId: string): RequestPrincipal {
  const parts = parseArn(arn);
  if (parts?.rest === "root") return { kind: "root", accountId };
  if (parts?.rest.startsWith("user/")) return { kind: "user", accountId, arn };
  const name = parts?.rest.split("/").at(-1) ?? "";
  const sessionArn = `arn:aws:sts::${accountId}:assumed-role/${name}/probe`;
  return { kind: "role-session", accountId, roleArn: arn, sessionArn };
}

/** A value that a pattern matches; in an ARN without an account the account is filled in. */
export function instance(pattern: string, accountId: string): string {
  const parts = pattern.split(":");
  const filled =
    parts[0] === "arn" && parts.length >= 6 && /^[*?]+$/.test(parts[4] ?? "")
      ? [...parts.slice(0, 4), accountId, ...parts.slice(5)].join(":")
      : pattern;
  const known = filled.replace(/\$\{aws:Principal(Account)\}/gi, accountId);
  return known === "*" ? "any" : known.replace(/\*/g, "any").replace(/\?/g, "a");
}

function roleOfSession(arn: string): string {
  const match = /^arn:([^:]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn);
  return match === null ? arn : `arn:${match[1]}:iam::${match[2]}:role/${match[3]}`;
}
