import { CatalogueRow, hasPrivilege, OracleFailure, OracleState, OracleUser, rowsOf } from "./oracle-state";

const name = '"([^"]+)"';
const words = "([A-Z ]+)";
const options = "( WITH (?:ADMIN|GRANT) OPTION)?";

type Statement = readonly [RegExp, (state: OracleState, match: RegExpExecArray) => void];

const whole = (pattern: string) => new RegExp(`^${pattern}$`, "s");
const flag = (option: string | undefined) => (option ? "YES" : "NO");

const statements: readonly Statement[] = [
  [
    whole(`GRANT CREATE SESSION TO ${name} IDENTIFIED BY ${name}`),
    (state, [, who, password]) => {
      if (state.users.has(who!)) state.setPassword(state.require(who!), password!);
      else state.create(who!, password!);
      const row = { privilege: "CREATE SESSION", admin: "NO" };
      replace(state.require(who!), "sys", ["privilege"], row, true);
    },
  ],
  [
    whole(`CREATE USER ${name} IDENTIFIED BY ${name}`),
    (state, [, who, password]) => void state.create(who!, password!),
  ],
  [
    whole(`ALTER USER ${name} IDENTIFIED BY ${name}`),
    (state, [, who, password]) => state.setPassword(state.require(who!), password!),
  ],
  [
    whole(`ALTER USER ${name} EXPIRE PASSWORD ROLLOVER PERIOD`),
    (state, [, who]) => void (state.require(who!).rollover = undefined),
  ],
  [
    whole(`ALTER USER ${name} PROFILE ${name} DEFAULT TABLESPACE ${name} TEMPORARY TABLESPACE ${name}`),
    (state, [, who, profile, space, temporary]) => {
      if (!state.profiles.has(profile!)) throw new OracleFailure("ORA-02380", "profile does not exist");
      Object.assign(state.require(who!).settings, { profile, space, temporary });
    },
  ],
  [
    whole(`ALTER USER ${name} QUOTA (UNLIMITED|\\d+) ON ${name}`),
    (state, [, who, quota, tablespace]) => {
      const row = { tablespace: tablespace!, bytes: quota === "UNLIMITED" ? -1 : Number(quota) };
      replace(state.require(who!), "quota", ["tablespace"], row, row.bytes !== 0);
    },
  ],
  [
    whole(`ALTER USER ${name} (GRANT|REVOKE) CONNECT THROUGH ${name}`),
    (state, [, who, verb, proxy]) => {
      const row = { proxy: proxy!, authentication: "NO", flags: "PROXY MAY ACTIVATE ALL CLIENT ROLES" };
      replace(state.require(who!), "proxy", ["proxy"], row, verb === "GRANT");
    },
  ],
  [
    whole(`ALTER USER ${name} DEFAULT ROLE (.*)`),
    (state, [, who, list]) => {
      for (const row of rowsOf(state.require(who!), "role"))
        row["default"] = list!.includes(`"${String(row["role"])}"`) ? "YES" : "NO";
    },
  ],
  [
    whole(`GRANT ${words} \\(${name}\\) ON ${name}\\.${name} TO ${name}${options}`),
    (state, [, privilege, column, owner, object, who, option]) => {
      const row = {
        owner: owner!,
        object: object!,
        column: column!,
        privilege: privilege!,
        grantable: flag(option),
      };
      replace(state.require(who!), "col", ["owner", "object", "column", "privilege"], row, true);
    },
  ],
  [
    whole(`(GRANT|REVOKE) ${words} ON ${name}\\.${name} (?:TO|FROM) ${name}${options}`),
    (state, [, verb, privilege, owner, object, who, option]) => {
      const user = state.require(who!);
      const place = { owner: owner!, object: object!, privilege: privilege! };
      const row = { ...place, grantable: flag(option), hierarchy: "NO", type: "TABLE" };
      replace(user, "tab", ["owner", "object", "privilege"], row, verb === "GRANT");
      if (verb === "REVOKE") replace(user, "col", ["owner", "object", "privilege"], place, false);
    },
  ],
  [
    whole(`(GRANT|REVOKE) ${name} (?:TO|FROM) ${name}${options}`),
    (state, [, verb, role, who, option]) => {
      const row = { role: role!, admin: flag(option), default: "YES" };
      replace(state.require(who!), "role", ["role"], row, verb === "GRANT");
    },
  ],
  [
    whole(`(GRANT|REVOKE) ${words} (?:TO|FROM) ${name}${options}`),
    (state, [, verb, privilege, who, option]) => {
      const row = { privilege: privilege!, admin: flag(option) };
      replace(state.require(who!), "sys", ["privilege"], row, verb === "GRANT");
    },
  ],
];

/**
 * Runs a statement that changes something.
 *
 * @throws OracleFailure ORA-00900 for a statement that is none of those the driver sends
 */
export function runStatement(state: OracleState, own: OracleUser, sql: string): void {
  for (const [pattern, work] of statements) {
    const match = pattern.exec(sql);
    if (!match) continue;
    const isOwn = sql.startsWith(`ALTER USER "${own.name}" IDENTIFIED`) || isOwnExpiry(sql, own);
    if (!isOwn && !hasPrivilege(own, "ALTER USER"))
      throw new OracleFailure("ORA-01031", "insufficient privileges");
    if (state.isReadOnly) throw new OracleFailure("ORA-16000", "database open for read-only access");
    return work(state, match);
  }
  throw new OracleFailure("ORA-00900", "invalid SQL statement");
}

function isOwnExpiry(sql: string, own: OracleUser): boolean {
  return sql === `ALTER USER "${own.name}" EXPIRE PASSWORD ROLLOVER PERIOD`;
}

function replace(
  user: OracleUser,
  catalogue: string,
  keys: readonly string[],
  row: CatalogueRow,
  isKept: boolean,
): void {
  const others = rowsOf(user, catalogue).filter((one) => keys.some((key) => one[key] !== row[key]));
  user.rows.set(catalogue, isKept ? [...others, row] : others);
}
