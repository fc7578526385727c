import { MysqlClient } from "./client";
import { Account, quoteIdentifier, quoteText } from "./quoting";
import { AccountRights, Membership, Privilege } from "./rights";

type Row = Readonly<Record<string, unknown>>;

/** A table of the catalogue with one row an account and object; the same in MySQL and MariaDB. */
interface Catalogue {
  readonly table: string;
  /** Columns that name the object. */
  readonly object: readonly string[];
  privileges?(row: Row): readonly Privilege[];
  memberships?(row: Row): readonly Membership[];
}

const catalogues: readonly Catalogue[] = [
  {
    table: "mysql.db",
    object: ["Db"],
    privileges: (row) => columnPrivileges(row, `${name(row, "Db")}.*`),
  },
  {
    table: "mysql.tables_priv",
    object: ["Db", "Table_name"],
    privileges: (row) => setPrivileges(row["Table_priv"], `${name(row, "Db")}.${name(row, "Table_name")}`),
  },
  {
    table: "mysql.columns_priv",
    object: ["Db", "Table_name", "Column_name"],
    privileges: (row) => {
      const on = `${name(row, "Db")}.${name(row, "Table_name")}`;
      const column = ` (${name(row, "Column_name")})`;
      return setPrivileges(row["Column_priv"], on).map((one) => ({
        on,
        privilege: one.privilege + column,
      }));
    },
  },
  {
    table: "mysql.procs_priv",
    object: ["Routine_type", "Db", "Routine_name"],
    privileges: (row) => {
      const on = `${text(row, "Routine_type")} ${name(row, "Db")}.${name(row, "Routine_name")}`;
      const isCreators = text(row, "Grantor").startsWith(`${text(row, "User")}@`);
      return setPrivileges(row["Proc_priv"], on).map((one) => ({ ...one, isCreators }));
    },
  },
  {
    table: "mysql.proxies_priv",
    object: ["Proxied_user", "Proxied_host"],
    memberships: (row) => {
      const proxied = `PROXY ON ${name(row, "Proxied_user")}@${name(row, "Proxied_host")}`;
      const suffix = Number(row["With_grant"]) === 1 ? " WITH GRANT OPTION" : "";
      return [{ give: [`GRANT ${proxied} TO `, suffix], take: [`REVOKE ${proxied} FROM `, ""] }];
    },
  },
];

/** What an account may do to databases, tables, columns and routines, and as whom. */
export async function readObjectRights(
  client: MysqlClient,
  account: Account,
): Promise<Pick<AccountRights, "privileges" | "memberships" | "rows">> {
  const privileges: Privilege[] = [];
  const memberships: Membership[] = [];
  const rows = new Map<string, string>();
  for (const catalogue of catalogues) {
    for (const row of await rowsOf(client, catalogue.table, account)) {
      rows.set(rowName(catalogue, row), fingerprint(row));
      privileges.push(...(catalogue.privileges?.(row) ?? []));
      memberships.push(...(catalogue.memberships?.(row) ?? []));
    }
  }
  return { privileges, memberships, rows };
}

/** The rows of one account; the columns are of binary collation, so that upper case is told apart. */
export async function rowsOf(client: MysqlClient, table: string, account: Account): Promise<readonly Row[]> {
  const { user, host } = account;
  const where = `User = ${quoteText(user)} AND Host = ${quoteText(host)}`;
  return (await client.query(`SELECT * FROM ${table} WHERE ${where}`)).rows;
}

/** A row without what tells whose it is and how it came about. */
export function fingerprint(row: Row, without: readonly string[] = []): string {
  const left = ["User", "Host", "Grantor", "Timestamp", ...without];
  const kept = Object.entries(row).filter(([column]) => !left.includes(column));
  return JSON.stringify(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `mysql.tables_priv app.orders`, for the log. */
function rowName({ table, object }: Catalogue, row: Row): string {
  return `${table} ${object.map((column) => text(row, column)).join(".")}`;
}

/** From columns such as `Create_tmp_table_priv`. */
export function columnPrivileges(row: Row, on: string): readonly Privilege[] {
  return Object.entries(row)
    .filter(([column, value]) => column.endsWith("_priv") && value === "Y")
    .map(([column]) => ({
      on,
      privilege: privilegeOf(column.slice(0, -"_priv".length).replaceAll("_", " ")),
    }));
}

/** From a column of type SET, such as `Select,Create View`. */
function setPrivileges(value: unknown, on: string): readonly Privilege[] {
  const names = String(value ?? "").split(",");
  return names.filter((one) => one !== "").map((one) => ({ on, privilege: privilegeOf(one) }));
}

/** Names in the catalogue that GRANT spells otherwise. */
const spelledOtherwise: Readonly<Record<string, string>> = {
  GRANT: "GRANT OPTION",
  "CREATE TMP TABLE": "CREATE TEMPORARY TABLES",
  "SHOW DB": "SHOW DATABASES",
  "REPL SLAVE": "REPLICATION SLAVE",
  "REPL CLIENT": "REPLICATION CLIENT",
  "DELETE VERSIONING ROWS": "DELETE HISTORY",
};

function privilegeOf(catalogueName: string): string {
  const upper = catalogueName.toUpperCase();
  return spelledOtherwise[upper] ?? upper;
}

function text(row: Row, column: string): string {
  return String(row[column] ?? "");
}

function name(row: Row, column: string): string {
  return quoteIdentifier(text(row, column));
}
