import { RotationError } from "../../rotation-error";
import { OracleClient } from "./client";
import { quoteIdentifier } from "./names";

/** One thing that a user has, and how it is given and taken; the user is named between the parts. */
export interface OracleRight {
  /** Catalogue and row, without the user. */
  readonly key: string;
  readonly give: readonly [string, string];
  /** Absent for what is only replaced. */
  readonly take?: readonly [string, string];
}

type Row = Readonly<Record<string, string | number | null>>;

interface Catalogue {
  readonly name: string;
  /** Rows of the user `:1`. */
  readonly sql: string;
  right(row: Row): Omit<OracleRight, "key">;
}

const id = (row: Row, column: string) => quoteIdentifier(String(row[column]));
const yes = (row: Row, column: string, words: string) => (row[column] === "YES" ? words : "");

/** @throws RotationError `unsupported` for what is no privilege of Oracle's, whose names are words */
function words(row: Row, column: string): string {
  const text = String(row[column]);
  if (/^[A-Z ]+$/.test(text)) return text;
  throw new RotationError("unsupported", "oracle: the catalogue holds a privilege of unknown form");
}

const catalogues: readonly Catalogue[] = [
  {
    name: "system privilege",
    sql: `SELECT privilege AS "privilege", admin_option AS "admin" FROM dba_sys_privs WHERE grantee = :1`,
    right: (row) => ({
      give: [`GRANT ${words(row, "privilege")} TO `, yes(row, "admin", " WITH ADMIN OPTION")],
      take: [`REVOKE ${words(row, "privilege")} FROM `, ""],
    }),
  },
  {
    name: "role",
    sql: `SELECT granted_role AS "role", admin_option AS "admin", default_role AS "default"
      FROM dba_role_privs WHERE grantee = :1`,
    right: (row) => ({
      give: [`GRANT ${id(row, "role")} TO `, yes(row, "admin", " WITH ADMIN OPTION")],
      take: [`REVOKE ${id(row, "role")} FROM `, ""],
    }),
  },
  {
    name: "object privilege",
    sql: `SELECT owner AS "owner", table_name AS "object", privilege AS "privilege", grantable AS "grantable",
      hierarchy AS "hierarchy", type AS "type" FROM dba_tab_privs WHERE grantee = :1`,
    right: (row) => {
      const directory = row["type"] === "DIRECTORY" ? `DIRECTORY ${id(row, "object")}` : undefined;
      const on = `${words(row, "privilege")} ON ${directory ?? `${id(row, "owner")}.${id(row, "object")}`}`;
      const options =
        yes(row, "hierarchy", " WITH HIERARCHY OPTION") + yes(row, "grantable", " WITH GRANT OPTION");
      return { give: [`GRANT ${on} TO `, options], take: [`REVOKE ${on} FROM `, ""] };
    },
  },
  {
    name: "column privilege",
    sql: `SELECT owner AS "owner", table_name AS "object", column_name AS "column", privilege AS "privilege",
      grantable AS "grantable" FROM dba_col_privs WHERE grantee = :1`,
    right: (row) => {
      const on = `ON ${id(row, "owner")}.${id(row, "object")}`;
      const give = `GRANT ${words(row, "privilege")} (${id(row, "column")}) ${on} TO `;
      // A privilege on columns is taken from the whole table.
      return {
        give: [give, yes(row, "grantable", " WITH GRANT OPTION")],
        take: [`REVOKE ${words(row, "privilege")} ${on} FROM `, ""],
      };
    },
  },
  {
    name: "quota",
    sql: `SELECT tablespace_name AS "tablespace", max_bytes AS "bytes" FROM dba_ts_quotas WHERE username = :1`,
    right: (row) => {
      const quota = Number(row["bytes"]) < 0 ? "UNLIMITED" : String(Number(row["bytes"]));
      const on = ` ON ${id(row, "tablespace")}`;
      return { give: ["ALTER USER ", ` QUOTA ${quota}${on}`], take: ["ALTER USER ", ` QUOTA 0${on}`] };
    },
  },
  {
    name: "settings",
    sql: `SELECT profile AS "profile", default_tablespace AS "space", temporary_tablespace AS "temporary"
      FROM dba_users WHERE username = :1`,
    right: (row) => {
      const spaces = `DEFAULT TABLESPACE ${id(row, "space")} TEMPORARY TABLESPACE ${id(row, "temporary")}`;
      return { give: ["ALTER USER ", ` PROFILE ${id(row, "profile")} ${spaces}`] };
    },
  },
  {
    name: "proxy",
    sql: `SELECT proxy AS "proxy", client AS "client", authentication AS "authentication", flags AS "flags"
      FROM dba_proxies WHERE client = :1`,
    right: (row) => ({
      give: ["ALTER USER ", ` GRANT CONNECT THROUGH ${id(row, "proxy")}`],
      take: ["ALTER USER ", ` REVOKE CONNECT THROUGH ${id(row, "proxy")}`],
    }),
  },
];

/** Everything that decides what a user may do, from the catalogues. Needs SELECT ANY DICTIONARY or as much. */
export async function readRights(client: OracleClient, name: string): Promise<readonly OracleRight[]> {
  const rights: OracleRight[] = [];
  for (const catalogue of catalogues) {
    for (const row of (await client.query(catalogue.sql, [name])).rows) {
      const { client: _own, ...rest } = row as Row & { client?: string };
      rights.push({ key: `${catalogue.name} ${JSON.stringify(rest)}`, ...catalogue.right(row) });
    }
  }
  return rights;
}

/** What differs, as it stands in the catalogues; empty when the two may do the same. */
export function rightsDifferences(
  one: readonly OracleRight[],
  other: readonly OracleRight[],
): readonly string[] {
  const missing = (from: readonly OracleRight[], to: readonly OracleRight[]) =>
    from.filter(({ key }) => !to.some((right) => right.key === key)).map(({ key }) => key);
  return [...missing(one, other), ...missing(other, one)].sort();
}

/** Statements after which `name` has what the original has: what is too much goes first, for options only grow. */
export function equalizingStatements(
  wanted: readonly OracleRight[],
  held: readonly OracleRight[],
  name: string,
): readonly string[] {
  const user = quoteIdentifier(name);
  const isIn = (list: readonly OracleRight[]) => {
    const keys = list.map(({ key }) => key);
    return ({ key }: OracleRight) => keys.includes(key);
  };
  const excess = held.filter((right) => !isIn(wanted)(right));
  const takes = [...new Set(excess.flatMap(({ take }) => (take ? [take.join(user)] : [])))];
  // What was taken from a whole table is given again, column by column.
  const retaken = (right: OracleRight) => right.take !== undefined && takes.includes(right.take.join(user));
  const missing = wanted.filter((right) => !isIn(held)(right) || retaken(right));
  return [...takes, ...missing.map(({ give }) => give.join(user)), ...defaultRoles(wanted, held, user)];
}

function defaultRoles(
  wanted: readonly OracleRight[],
  held: readonly OracleRight[],
  user: string,
): readonly string[] {
  const roles = (rights: readonly OracleRight[]) =>
    rights
      .filter(({ key }) => key.startsWith("role "))
      .map(({ key }) => JSON.parse(key.slice("role ".length)) as { role: string; default: string });
  const list = (rights: readonly OracleRight[]) =>
    roles(rights)
      .filter((one) => one.default === "YES")
      .map(({ role }) => quoteIdentifier(role))
      .sort()
      .join(", ");
  const isSame = JSON.stringify(roles(wanted)) === JSON.stringify(roles(held));
  return isSame ? [] : [`ALTER USER ${user} DEFAULT ROLE ${list(wanted) || "NONE"}`];
}
