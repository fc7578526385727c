import { hasGlobal, MysqlAccount, MysqlState } from "./mysql-state";
import { MysqlFailure } from "./mysql-protocol";
import { accessDenied, accountPattern, identifier, syntaxError, unquoted } from "./mysql-statements";

const privilegesOn = new RegExp(
  `^(GRANT|REVOKE) (.*) ON (\\*\\.\\*|${identifier}\\.\\*) (?:TO|FROM) ${accountPattern}( WITH GRANT OPTION)?$`,
  "s",
);
const roleGrant = new RegExp(
  `^(GRANT|REVOKE) ${accountPattern} (?:TO|FROM) ${accountPattern}( WITH ADMIN OPTION)?$`,
  "s",
);

/** GRANT and REVOKE of static and dynamic global privileges, of privileges on databases, and of roles. */
export function changeGrants(state: MysqlState, own: MysqlAccount, sql: string): void {
  if (state.readOnly)
    throw new MysqlFailure(1290, "HY000", "The MySQL server is running with the --read-only option");
  const role = roleGrant.exec(sql);
  if (role) return changeRole(state, own, role);
  const match = privilegesOn.exec(sql);
  if (!match) throw syntaxError(sql);
  const [, verb, list, , database, user, host, option] = match;
  const account = state.require({ user: unquoted(user!), host: unquoted(host!) }, verb!);
  if (!hasGlobal(own, "GRANT OPTION")) throw accessDenied("GRANT OPTION");
  const where = database === undefined ? "" : unquoted(database);
  const named = list!.split(", ");
  // A dynamic privilege has a grant option of its own.
  const hasStatic = where !== "" || named.some((privilege) => !privilege.includes("_"));
  const privileges = [...named, ...(option && hasStatic ? ["GRANT OPTION"] : [])];
  for (const privilege of privileges)
    changePrivilege(own, account, verb === "GRANT", privilege, where, option !== undefined);
}

function changePrivilege(
  own: MysqlAccount,
  account: MysqlAccount,
  isGrant: boolean,
  privilege: string,
  where: string,
  withOption: boolean,
): void {
  if (privilege === "USAGE") return;
  if (!hasGlobal(own, privilege)) throw accessDenied(privilege);
  if (where === "" && privilege.includes("_")) {
    if (isGrant) account.dynamic.set(privilege, withOption);
    else account.dynamic.delete(privilege);
    return;
  }
  const isPartial = where !== "" && isPartialRevoke(account, isGrant, privilege, where);
  const map = isPartial ? account.restrictions : account.privileges;
  const held = map.get(where) ?? new Set<string>();
  if (isPartial ? !isGrant : isGrant) held.add(privilege);
  else held.delete(privilege);
  if (held.size > 0) map.set(where, held);
  else map.delete(where);
}

/** A privilege that is held everywhere is taken from one database, or given back there. */
function isPartialRevoke(account: MysqlAccount, isGrant: boolean, privilege: string, where: string): boolean {
  if (isGrant) return account.restrictions.get(where)?.has(privilege) === true;
  const isHeldThere = account.privileges.get(where)?.has(privilege) === true;
  return !isHeldThere && account.privileges.get("")?.has(privilege) === true;
}

function changeRole(state: MysqlState, own: MysqlAccount, match: RegExpExecArray): void {
  const [, verb, roleUser, roleHost, user, host, option] = match;
  const role = state.require({ user: unquoted(roleUser!), host: unquoted(roleHost!) }, verb!);
  const account = state.require({ user: unquoted(user!), host: unquoted(host!) }, verb!);
  if (!hasGlobal(own, "ROLE_ADMIN")) throw accessDenied("ROLE_ADMIN");
  const key = `${role.user}@${role.host}`;
  if (verb === "GRANT") account.roles.set(key, option !== undefined || account.roles.get(key) === true);
  else account.roles.delete(key);
  if (verb === "REVOKE") account.defaultRoles = account.defaultRoles.filter((one) => one !== key);
}
