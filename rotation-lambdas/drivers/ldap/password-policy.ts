import { PasswordPolicy } from "../../password-policy";
import { LdapClient } from "./client";

/** The control by which a server says that it has the overlay. */
const policyControl = "1.3.6.1.4.1.42.2.27.8.5.1";

/**
 * OpenLDAP's overlay `ppolicy`: the policy that the entry names, or the only one that the directory has, which is its
 * default then.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-behera-ldap-password-policy-10
 */
export async function readOverlayPolicy(client: LdapClient, username: string): Promise<PasswordPolicy> {
  const server = await client.read("", ["supportedControl", "namingContexts"]);
  if (!server?.["supportedControl"]?.includes(policyControl))
    return { kind: "none", why: "the server has no password-policy overlay" };
  const entry = await client.read(username, ["pwdPolicySubentry"]);
  const [name] = entry?.["pwdPolicySubentry"] ?? [];
  const found = name === undefined ? await policiesIn(client, server["namingContexts"] ?? []) : [name];
  const policy =
    found.length === 1 ? await client.read(found[0]!, ["pwdMinLength", "pwdCheckQuality"]) : undefined;
  if (!policy)
    return { kind: "hidden", why: "the server has a password-policy overlay and does not show which policy" };
  const [quality = "0"] = policy["pwdCheckQuality"] ?? [];
  const [length = "0"] = policy["pwdMinLength"] ?? [];
  if (quality === "0") return { kind: "none", why: "the password policy has pwdCheckQuality 0" };
  return { kind: "rules", rules: { length: Number(length) }, source: "the password policy of the directory" };
}

async function policiesIn(client: LdapClient, contexts: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(contexts.map((base) => client.find(base, "objectClass", "pwdPolicy")));
  return found.flat();
}

/** Bit of `pwdProperties`. @see https://learn.microsoft.com/en-us/windows/win32/adschema/a-pwdproperties */
const isComplex = 1;

/**
 * Active Directory's policy of the domain, unless the user has one of its own, which most users may not read.
 *
 * @see https://learn.microsoft.com/en-us/windows/security/threat-protection/security-policy-settings/password-must-meet-complexity-requirements
 */
export async function readDomainPolicy(
  client: LdapClient,
  name: string,
  domain: string,
): Promise<PasswordPolicy> {
  const user = await client.read(name, ["msDS-ResultantPSO"]);
  const [own] = user?.["msDS-ResultantPSO"] ?? [];
  const [place, lengthName, complexName] =
    own === undefined
      ? [domain, "minPwdLength", "pwdProperties"]
      : [own, "msDS-MinimumPasswordLength", "msDS-PasswordComplexityEnabled"];
  const policy = await client.read(place, [lengthName, complexName]);
  const [[length], [complex]] = [policy?.[lengthName] ?? [], policy?.[complexName] ?? []];
  if (length === undefined || complex === undefined)
    return { kind: "hidden", why: "the directory does not show the policy of this user" };
  const asksForSorts =
    own === undefined ? (Number(complex) & isComplex) !== 0 : complex.toUpperCase() === "TRUE";
  const rules = { length: Number(length), ...(asksForSorts ? { sorts: 3 } : {}) };
  return {
    kind: "rules",
    rules,
    source: own === undefined ? "the domain's policy" : "the user's own policy",
  };
}
