/** `user@host`, in whose catalogue rows the two parts stand alone. */
export interface Account {
  readonly user: string;
  readonly host: string;
}

/** A name as an SQL identifier, in any sql_mode. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

/** A text as an SQL literal. Right in sessions whose sql_mode has NO_BACKSLASH_ESCAPES, as those of the driver. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An account in CREATE USER, ALTER USER and GRANT. */
export function quoteAccount({ user, host }: Account): string {
  return `${quoteIdentifier(user)}@${quoteIdentifier(host)}`;
}

/** ALTER USER that gives each of the accounts the same clause, or none to any of them. */
export function alterAccounts(accounts: readonly Account[], clause: string): string {
  return `ALTER USER ${accounts.map((account) => `${quoteAccount(account)} ${clause}`).join(", ")}`;
}

/** What CURRENT_USER() answers; a host holds no `@`. */
export function parseAccount(text: string): Account {
  const at = text.lastIndexOf("@");
  return { user: text.slice(0, at), host: text.slice(at + 1) };
}
