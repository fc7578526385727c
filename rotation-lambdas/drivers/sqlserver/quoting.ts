/** A name as a delimited identifier. */
export function quoteIdentifier(name: string): string {
  return `[${name.replaceAll("]", "]]")}]`;
}

/** A text as an SQL literal. */
export function quoteText(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`;
}
