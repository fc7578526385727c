import { quoteIdentifier, quoteText } from "./quoting";
import { DatabaseUser, LoginRights, Permission } from "./rights";

/** What differs between the two, in words for the log; empty when they may do the same. */
export function loginDifferences(original: LoginRights, clone: LoginRights): readonly string[] {
  const databases = [...new Set([...original.databases.keys(), ...clone.databases.keys()])].sort();
  return [
    ...differing("login options", original.options, clone.options),
    ...differing("server roles", original.roles, clone.roles),
    ...differing("permissions on the server", original.permissions, clone.permissions),
    ...databases.flatMap((name) =>
      userDifferences(name, original.databases.get(name), clone.databases.get(name)),
    ),
  ];
}

function userDifferences(
  database: string,
  original: DatabaseUser | undefined,
  clone: DatabaseUser | undefined,
): readonly string[] {
  const owns = [original, clone].flatMap((user) =>
    user && user.owns.length > 0 ? [`${user.name} owns ${user.owns.join(", ")} in ${database}`] : [],
  );
  if (!original || !clone) return [...owns, `a user in ${database}`];
  return [
    ...owns,
    ...differing(`default schema in ${database}`, [original.schema], [clone.schema]),
    ...differing(`roles in ${database}`, original.roles, clone.roles),
    ...differing(`permissions in ${database}`, original.permissions, clone.permissions),
  ];
}

function differing(what: string, one: readonly unknown[], other: readonly unknown[]): readonly string[] {
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [what];
}

/** Batches after which the clone has what the original has: first what is missing, then what is too much. */
export function equalizingBatches(original: LoginRights, clone: LoginRights): readonly string[] {
  const to = quoteIdentifier(clone.name);
  const roles = changes(original.roles, clone.roles);
  const options = original.options.filter((option) => !clone.options.includes(option));
  const databases = [...new Set([...original.databases.keys(), ...clone.databases.keys()])].sort();
  return [
    ...(options.length > 0 ? [`ALTER LOGIN ${to} WITH ${options.join(", ")}`] : []),
    ...roles.missing.map((role) => `ALTER SERVER ROLE ${quoteIdentifier(role)} ADD MEMBER ${to}`),
    ...permissionBatches(original.permissions, clone.permissions, to),
    ...databases.flatMap((name) =>
      userBatches(clone.name, original.databases.get(name), clone.databases.get(name)).map(
        (batch) => `EXEC ${quoteIdentifier(name)}.sys.sp_executesql ${quoteText(batch)}`,
      ),
    ),
    ...roles.excess.map((role) => `ALTER SERVER ROLE ${quoteIdentifier(role)} DROP MEMBER ${to}`),
  ];
}

function userBatches(
  login: string,
  original: DatabaseUser | undefined,
  clone: DatabaseUser | undefined,
): readonly string[] {
  if (!original) return clone ? [`DROP USER ${quoteIdentifier(clone.name)}`] : [];
  const user = quoteIdentifier(clone?.name ?? login);
  const schema = `WITH DEFAULT_SCHEMA = ${quoteIdentifier(original.schema)}`;
  const roles = changes(original.roles, clone?.roles ?? []);
  return [
    ...(clone ? [] : [`CREATE USER ${user} FOR LOGIN ${quoteIdentifier(login)} ${schema}`]),
    ...(clone && clone.schema !== original.schema ? [`ALTER USER ${user} ${schema}`] : []),
    ...roles.missing.map((role) => `ALTER ROLE ${quoteIdentifier(role)} ADD MEMBER ${user}`),
    ...permissionBatches(original.permissions, clone?.permissions ?? [], user),
    ...roles.excess.map((role) => `ALTER ROLE ${quoteIdentifier(role)} DROP MEMBER ${user}`),
  ];
}

/** What the driver cannot name is left; the comparison then says that it differs. */
function permissionBatches(
  wanted: readonly Permission[],
  held: readonly Permission[],
  grantee: string,
): readonly string[] {
  const key = (one: Permission) => JSON.stringify(one);
  const [wantedKeys, heldKeys] = [wanted.map(key), held.map(key)];
  const sameObject = (one: Permission) => (other: Permission) =>
    one.permission === other.permission && one.securable === other.securable;
  const missing = wanted.filter((one) => one.securable !== null && !heldKeys.includes(key(one)));
  const excess = held.filter((one) => one.securable !== null && !wantedKeys.includes(key(one)));
  return [
    // A permission that changes its state is taken first: GRANT leaves WITH GRANT OPTION as it is.
    ...excess.filter((one) => missing.some(sameObject(one))).map((one) => takeBatch(one, grantee)),
    ...missing.map((one) => giveBatch(one, grantee)),
    ...excess.filter((one) => !missing.some(sameObject(one))).map((one) => takeBatch(one, grantee)),
  ];
}

function giveBatch({ permission, state, securable }: Permission, grantee: string): string {
  const verb = state === "DENY" ? "DENY" : "GRANT";
  const option = state === "GRANT_WITH_GRANT_OPTION" ? " WITH GRANT OPTION" : "";
  return `${verb} ${permission}${onClause(securable)} TO ${grantee}${option}`;
}

function takeBatch({ permission, securable }: Permission, grantee: string): string {
  return `REVOKE ${permission}${onClause(securable)} FROM ${grantee} CASCADE`;
}

function onClause(securable: string | null): string {
  return securable ? ` ON ${securable}` : "";
}

function changes(wanted: readonly string[], held: readonly string[]) {
  return {
    missing: wanted.filter((one) => !held.includes(one)),
    excess: held.filter((one) => !wanted.includes(one)),
  };
}
