import { Driver, Login, Session } from "../../driver";
import { RotationError } from "../../rotation-error";
import { bindAs } from "./bound-client";
import { ConnectLdap, LdapClient } from "./client";
import { readDomainPolicy } from "./password-policy";

/**
 * Active Directory, whose passwords are the attribute `unicodePwd`, written over LDAPS only. The secret's `username` is a
 * user principal name, `DOMAIN\name` or a distinguished name; `dbname` may name where to search, else the domain.
 *
 * @param isEncrypted whether `connect` uses LDAPS
 * @see https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-adts/6e803168-f140-4d23-b2d3-c3a8ab5917d2
 */
export function activeDirectoryDriver(connect: ConnectLdap, isEncrypted: boolean): Driver {
  return {
    engines: ["active-directory"],
    maxUsernameBytes: 1024,
    async connect(login, budget): Promise<Session> {
      if (!isEncrypted)
        throw new RotationError("tls", "active-directory: a password is changed over LDAPS only");
      const client = await bindAs(connect, login, budget);
      return {
        changeOwnPassword: (password) => changeOwn(client, login, password),
        passwordPolicy: async (username) =>
          readDomainPolicy(client, await distinguishedName(client, login, username), await domainOf(client)),
        users: { ensure: (username, password) => reset(client, login, username, password) },
        close: () => client.end(),
      };
    },
  };
}

/** The value's form: the password in quotes, in UTF-16 with the low byte first. */
export function unicodePwd(password: string): Buffer {
  return Buffer.from(`"${password}"`, "utf16le");
}

/** A user proves the old password; the two changes are one operation. */
async function changeOwn(client: LdapClient, login: Login, password: string): Promise<void> {
  const name = await distinguishedName(client, login, login.username);
  await client.modify(name, [
    { operation: "delete", attribute: "unicodePwd", values: [unicodePwd(login.password)] },
    { operation: "add", attribute: "unicodePwd", values: [unicodePwd(password)] },
  ]);
}

/** An administrator needs the right "Reset password" on the user. */
async function reset(client: LdapClient, login: Login, username: string, password: string): Promise<void> {
  const name = await distinguishedName(client, login, username);
  if (name.toLowerCase() === (await distinguishedName(client, login, login.username)).toLowerCase()) {
    const what = `${username} is the administrator`;
    throw new RotationError("policy-refused", `active-directory: ${what}: store its first value by hand`);
  }
  await client.modify(name, [
    { operation: "replace", attribute: "unicodePwd", values: [unicodePwd(password)] },
  ]);
}

async function distinguishedName(client: LdapClient, login: Login, username: string): Promise<string> {
  if (/^[a-z][a-z0-9-]*=.*,.*=/i.test(username)) return username;
  const base = login.database ?? (await domainOf(client));
  const [attribute, value] = username.includes("@")
    ? ["userPrincipalName", username]
    : ["sAMAccountName", username.slice(username.lastIndexOf("\\") + 1)];
  const found = await client.find(base, attribute!, value!);
  if (found.length === 1) return found[0]!;
  const what = found.length === 0 ? "no user" : "more than one user";
  throw new RotationError("conflict", `active-directory: ${what} has the ${attribute} of "username"`);
}

async function domainOf(client: LdapClient): Promise<string> {
  const [domain] = (await client.read("", ["defaultNamingContext"]))?.["defaultNamingContext"] ?? [];
  if (!domain) throw new RotationError("unsupported", "active-directory: the server names no domain");
  return domain;
}
