/** A name as an SQL identifier; upper case, spaces and quotes survive. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal whose backslashes mean themselves, whatever `standard_conforming_strings` says. */
export function quoteLiteral(text: string): string {
  return `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** A parameter name such as `search_path` or `my_app.tenant`. */
export function quoteSettingName(name: string): string {
  return name.split(".").map(quoteIdentifier).join(".");
}

/**
 * The elements of a list that PostgreSQL stored: identifiers, quoted where needed, between commas.
 *
 * @see https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-SEARCH-PATH
 */
export function splitIdentifierList(text: string): readonly string[] {
  const elements = text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^",\s]+))\s*(?:,|$)/gy);
  return [...elements].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}
