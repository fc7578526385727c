import { Driver, DualPasswordAdministration, Session, UserAdministration } from "../../driver";
import { RotationError } from "../../rotation-error";
import { bindAs } from "./bound-client";
import { ConnectLdap, LdapClient } from "./client";
import { passwordModifyOid, passwordModifyValue } from "./password-modify";
import { readOverlayPolicy } from "./password-policy";
import { saltedHash } from "./salted-hash";

/**
 * OpenLDAP and other servers that follow RFC 4511, 4519 and 3062. The secret's `username` is the name to bind as, such
 * as `cn=reporting,ou=services,dc=example,dc=org`. A single password is set by the server's own operation and in the
 * server's own scheme; two at once are written as two values of `userPassword`, already hashed.
 */
export function openLdapDriver(connect: ConnectLdap): Driver {
  return {
    engines: ["openldap", "ldap"],
    maxUsernameBytes: 1024,
    async connect(login, budget): Promise<Session> {
      const client = await bindAs(connect, login, budget);
      return {
        changeOwnPassword: (newPassword) =>
          modifyPassword(client, { oldPassword: login.password, newPassword }),
        passwordPolicy: (username) => readOverlayPolicy(client, username),
        users: directoryUsers(client, login.username),
        dual: twoPasswords(client),
        close: () => client.end(),
      };
    },
  };
}

function modifyPassword(
  client: LdapClient,
  change: Parameters<typeof passwordModifyValue>[0],
): Promise<void> {
  return client.extended(passwordModifyOid, passwordModifyValue(change));
}

function directoryUsers(client: LdapClient, self: string): UserAdministration {
  return {
    async ensure(username, password) {
      if (sameName(username, self)) {
        const what = `${username} exists and is the administrator`;
        throw new RotationError("policy-refused", `ldap: ${what}: store its first value by hand`);
      }
      const entry = await client.read(username, ["objectClass"]);
      if (entry) await modifyPassword(client, { user: username, newPassword: password });
      else await client.add(username, newEntry(username, password));
    },
  };
}

/** The smallest entry that can bind; what it may do is up to the server's access rules. */
function newEntry(name: string, password: string): Readonly<Record<string, string | string[]>> {
  const [, attribute, value] = /^\s*(cn|uid)\s*=\s*([^,+=\\"<>;#]+?)\s*,/i.exec(name) ?? [];
  const structural = { cn: "organizationalRole", uid: "account" }[attribute?.toLowerCase() as "cn" | "uid"];
  if (!attribute || !value || !structural) {
    throw new RotationError(
      "unsupported",
      "ldap: an entry is made only for a plain cn= or uid=: make it by hand",
    );
  }
  const objectClass = [structural, "simpleSecurityObject"];
  return { objectClass, [attribute.toLowerCase()]: value, userPassword: saltedHash(password) };
}

/** Each operation replaces all values at once, so that at no moment the user has none. */
function twoPasswords(client: LdapClient): DualPasswordAdministration {
  const replace = (name: string, passwords: readonly string[]) =>
    client.modify(name, [
      { operation: "replace", attribute: "userPassword", values: passwords.map((text) => saltedHash(text)) },
    ]);
  return {
    add: (username, password, kept) => replace(username, [kept, password]),
    keepOnly: (username, password) => replace(username, [password]),
  };
}

function sameName(one: string, other: string): boolean {
  const normal = (name: string) =>
    name
      .toLowerCase()
      .replace(/\s*([,=+])\s*/g, "$1")
      .trim();
  return normal(one) === normal(other);
}
