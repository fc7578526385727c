import { quoteIdentifier, quoteLiteral, quoteSettingName, splitIdentifierList } from "./quoting";
import { alterRole, attributeClause, Role, RoleAttributes } from "./role";

/**
 * How a clone is given the rights of its original, and why the two are equal.
 *
 * The clone is a member of the original, inherits from it, and its sessions start as it (`ALTER ROLE … SET role`). So:
 * - every privilege check that lets the original pass lets the clone pass, those granted later included, because
 *   PostgreSQL tests privileges against the roles a user inherits
 *   (https://www.postgresql.org/docs/current/role-membership.html);
 * - what the clone creates belongs to the original, under the original's default privileges: the original is the
 *   shared owner;
 * - the clone has no membership, ownership, privilege or policy of its own, anywhere in the cluster (pg_shdepend), so
 *   it has no right that the original lacks.
 * What membership does not carry over is copied: attributes and settings. All of it is compared in the catalogues
 * after the change, inside its transaction.
 *
 * Not equal, and not made so: `session_user`, lines of pg_hba.conf that name a user, `pg_cancel_backend` on sessions
 * of the other user, and sessions that leave the shared role by `SET ROLE NONE` or `DISCARD ALL`: those keep all
 * rights, and what they create is handed to the original at the next rotation.
 */
export function expectedClone(original: Role, serverVersion: number): ExpectedClone {
  const everywhere = original.settings.get("") ?? [];
  const startsAs = everywhere.some(isRoleSetting) ? [] : [`role=${original.name}`];
  const settings = new Map([...original.settings, ["", [...everywhere, ...startsAs].sort()]]);
  // Before version 16 the member's own INHERIT decides whether it has the original's rights at all.
  const INHERIT = serverVersion >= 160000 ? original.attributes.INHERIT : true;
  return { attributes: { ...original.attributes, INHERIT }, settings };
}

export type ExpectedClone = Pick<Role, "attributes" | "settings">;

/** What keeps the clone's rights from being the original's, in words for the log; empty when they are equal. */
export function twinDifferences(original: Role, clone: Role, serverVersion: number): readonly string[] {
  const expected = expectedClone(original, serverVersion);
  const attributes = differingAttributes(expected.attributes, clone.attributes);
  const settings = differingDatabases(expected.settings, clone.settings);
  const [membership, ...others] = clone.memberships.toSorted((a) => (a.role === original.name ? -1 : 1));
  const isMember =
    membership?.role === original.name && membership.inherit && membership.set && !membership.admin;
  return [
    ...attributes.map((name) => `attribute ${name}`),
    ...settings.map((database) => `settings ${database ? `in database ${database}` : "of the role"}`),
    ...(isMember ? [] : [`membership of ${clone.name} in ${original.name}`]),
    ...others.map(({ role }) => `${clone.name} is a member of ${role}`),
    ...clone.holdings.map(
      ({ database, kind, count }) =>
        `${clone.name} ${kind} ${count} ${count === 1 ? "object" : "objects"} in ${database || "the cluster"}`,
    ),
  ];
}

/** Statements that make the clone what `expectedClone` says; only what differs, for less is then asked of the administrator. */
export function equalizingStatements(original: Role, clone: Role, serverVersion: number): readonly string[] {
  const expected = expectedClone(original, serverVersion);
  const attributes = differingAttributes(expected.attributes, clone.attributes);
  const clauses = attributes.map((name) => attributeClause(expected.attributes, name));
  return [
    ...alterRole(clone.name, clauses),
    ...differingDatabases(expected.settings, clone.settings).flatMap((database) =>
      settingStatements(clone.name, database, expected.settings.get(database) ?? []),
    ),
    ...membershipStatements(original, clone, serverVersion),
  ];
}

/** The grant that makes a clone. */
export function grantMembership(original: string, clone: string, serverVersion: number): string {
  const grant = `GRANT ${quoteIdentifier(original)} TO ${quoteIdentifier(clone)}`;
  return serverVersion >= 160000 ? `${grant} WITH ADMIN FALSE, INHERIT TRUE, SET TRUE` : grant;
}

function membershipStatements(original: Role, clone: Role, serverVersion: number): string[] {
  const own = clone.memberships.find(({ role }) => role === original.name);
  const others = clone.memberships.filter(({ role }) => role !== original.name);
  const from = quoteIdentifier(clone.name);
  return [
    ...(own?.admin ? [`REVOKE ADMIN OPTION FOR ${quoteIdentifier(original.name)} FROM ${from}`] : []),
    ...(own?.inherit && own.set ? [] : [grantMembership(original.name, clone.name, serverVersion)]),
    ...others.map(({ role }) => `REVOKE ${quoteIdentifier(role)} FROM ${from}`),
  ];
}

function settingStatements(role: string, database: string, entries: readonly string[]): string[] {
  const where = database ? ` IN DATABASE ${quoteIdentifier(database)}` : "";
  const alter = `ALTER ROLE ${quoteIdentifier(role)}${where}`;
  return [`${alter} RESET ALL`, ...entries.map((entry) => `${alter} SET ${assignment(entry)}`)];
}

/** Parameters that hold lists of identifiers, which PostgreSQL stores quoted; as one literal they would be quoted twice. */
const listParameters: readonly string[] = [
  "search_path",
  "temp_tablespaces",
  "local_preload_libraries",
  "session_preload_libraries",
];

function assignment(entry: string): string {
  const at = entry.indexOf("=");
  const [name, value] = [entry.slice(0, at), entry.slice(at + 1)];
  const isList = listParameters.includes(name.toLowerCase());
  const elements = isList ? splitIdentifierList(value).map(quoteLiteral) : [];
  const list = elements.length > 0 ? elements.join(", ") : quoteLiteral(value);
  return `${quoteSettingName(name)} TO ${list}`;
}

function differingAttributes(expected: RoleAttributes, actual: RoleAttributes): (keyof RoleAttributes)[] {
  const names = Object.keys(expected) as (keyof RoleAttributes)[];
  return names.filter((name) => expected[name] !== actual[name]);
}

function differingDatabases(expected: Role["settings"], actual: Role["settings"]): string[] {
  const databases = [...new Set([...expected.keys(), ...actual.keys()])];
  const text = (settings: Role["settings"], database: string) => JSON.stringify(settings.get(database) ?? []);
  return databases.filter((database) => text(expected, database) !== text(actual, database));
}

function isRoleSetting(entry: string): boolean {
  return entry.startsWith("role=");
}
