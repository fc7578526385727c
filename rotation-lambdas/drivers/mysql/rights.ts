import { Account, quoteAccount } from "./quoting";

/** A privilege on one thing, such as `UPDATE (a)` on a table. */
export interface Privilege {
  /** As in GRANT; `GRANT OPTION` for the right to pass on what one has there. */
  readonly privilege: string;
  /** As in GRANT, such as `*.*` or a quoted name. */
  readonly on: string;
  /** Given by the server to whoever creates a routine. @default false */
  readonly isCreators?: boolean;
}

/** A role or another account's identity. The account is named between the parts of a statement. */
export interface Membership {
  readonly give: readonly [string, string];
  readonly take: readonly [string, string];
}

/** Everything that decides what an account may do. */
export interface AccountRights {
  readonly account: Account;
  readonly privileges: readonly Privilege[];
  readonly memberships: readonly Membership[];
  /** Statements that bring resource limits, TLS demands, expiry and default roles to what they are. */
  readonly settings: readonly Membership["give"][];
  /** Catalogue and object -> the row, without what tells who, when and by which password. */
  readonly rows: ReadonlyMap<string, string>;
}

/** What differs in the catalogues, as `mysql.db app`; empty when the two may do the same. */
export function differingRows(one: AccountRights, other: AccountRights): readonly string[] {
  const names = [...new Set([...one.rows.keys(), ...other.rows.keys()])];
  return names.filter((name) => one.rows.get(name) !== other.rows.get(name)).sort();
}

/**
 * Statements after which `target` has what `source` has: first what is missing, then the settings, then what is too
 * much. Only what differs, for less is then asked of the administrator.
 */
export function equalizingStatements(source: AccountRights, target: AccountRights): readonly string[] {
  const to = quoteAccount(target.account);
  const isIn = (rights: AccountRights) => (right: Privilege | Membership) =>
    [...rights.privileges, ...rights.memberships].some((one) => keyOf(one) === keyOf(right));
  const [isWanted, isThere] = [isIn(source), isIn(target)];
  const missing = source.privileges.filter((right) => !isThere(right));
  const excess = target.privileges.filter((right) => !isWanted(right));
  const settings = source.settings.filter((setting) => !target.settings.some((one) => same(one, setting)));
  return [
    ...byObject(missing).map(([on, privileges]) => giveStatement(on, privileges, to)),
    ...source.memberships.filter((one) => !isThere(one)).map(({ give }) => give.join(to)),
    ...settings.map((setting) => setting.join(to)),
    ...target.memberships.filter((one) => !isWanted(one)).map(({ take }) => take.join(to)),
    ...byObject(excess).map(([on, privileges]) => `REVOKE ${privileges.join(", ")} ON ${on} FROM ${to}`),
  ];
}

function giveStatement(on: string, privileges: readonly string[], to: string): string {
  const plain = privileges.filter((privilege) => privilege !== "GRANT OPTION");
  const suffix = plain.length < privileges.length ? " WITH GRANT OPTION" : "";
  return `GRANT ${plain.length > 0 ? plain.join(", ") : "USAGE"} ON ${on} TO ${to}${suffix}`;
}

function byObject(privileges: readonly Privilege[]): (readonly [string, readonly string[]])[] {
  const groups = new Map<string, string[]>();
  for (const { on, privilege } of privileges) groups.set(on, [...(groups.get(on) ?? []), privilege]);
  return [...groups];
}

function keyOf(right: Privilege | Membership): string {
  return "on" in right ? JSON.stringify([right.privilege, right.on]) : JSON.stringify(right.give);
}

function same(one: Membership["give"], other: Membership["give"]): boolean {
  return one[0] === other[0] && one[1] === other[1];
}
