/**
 * A database credential in the JSON shape that AWS gives to RDS secrets.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export interface DatabaseCredential {
  readonly engine: string;
  readonly host: string;
  /** @default the engine's usual port */
  readonly port?: number;
  /** @default the engine's usual database */
  readonly dbname?: string;
  readonly username: string;
  readonly password: string;
  /** ARN of the secret whose user may change this one. */
  readonly masterarn?: string;
  /** Keys of the user's own; kept as they are through every rotation. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** An administrator's secret; those managed by RDS hold a user name and a password and nothing else. */
export type AdminCredential = Pick<DatabaseCredential, "username" | "password"> &
  Partial<Pick<DatabaseCredential, "engine" | "host" | "port">>;

/** A value, or everything that is wrong with the text. Problems never quote a value. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly string[] };

/** Reads a secret string. A port may be written as a number or as a decimal string. */
export function parseDatabaseCredential(secretString: string): Parsed<DatabaseCredential> {
  const object = parseSecretObject(secretString);
  if (!object.ok) return object;
  const { engine, host, port, dbname, username, password, masterarn, ...extra } = object.value;
  const problems = [
    ...requiredText({ engine, host, username, password }),
    ...optionalText({ dbname, masterarn }),
    ...portProblems(port),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const required = { engine, host, username, password } as Record<string, string>;
  const optional = definedOnly({
    port: toPort(port),
    dbname: presentText(dbname),
    masterarn: presentText(masterarn),
  });
  return { ok: true, value: { ...required, ...optional, extra } as unknown as DatabaseCredential };
}

/** Reads the secret of an administrator, of which only user name and password are required. */
export function parseAdminCredential(secretString: string): Parsed<AdminCredential> {
  const object = parseSecretObject(secretString);
  if (!object.ok) return object;
  const { engine, host, port, username, password } = object.value;
  const problems = [
    ...requiredText({ username, password }),
    ...optionalText({ engine, host }),
    ...portProblems(port),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const optional = definedOnly({ engine: presentText(engine), host: presentText(host), port: toPort(port) });
  return { ok: true, value: { username, password, ...optional } as unknown as AdminCredential };
}

/** The secret string: the keys AWS's console writes first, then the user's own. */
export function renderDatabaseCredential(credential: DatabaseCredential): string {
  const { extra, ...known } = credential;
  return JSON.stringify({ ...known, ...extra });
}

/** A secret string as a JSON object. Problems never quote the text. */
export function parseSecretObject(text: string): Parsed<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problems: ["the secret value is not JSON"] };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, problems: ["the secret value is not a JSON object"] };
  }
  return { ok: true, value: value as Record<string, unknown> };
}

function requiredText(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields)
    .filter(([, value]) => typeof value !== "string" || value === "")
    .map(([name]) => `"${name}" must be a non-empty string`);
}

/** The empty string counts as absent: consoles and forms write it for a field left blank. */
function optionalText(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null && typeof value !== "string")
    .map(([name]) => `"${name}" must be a string`);
}

function portProblems(port: unknown): string[] {
  if (isAbsent(port)) return [];
  const number = toPort(port);
  const fits = number !== undefined && Number.isInteger(number) && number >= 1 && number <= 65535;
  return fits ? [] : [`"port" must be a number from 1 to 65535`];
}

function toPort(port: unknown): number | undefined {
  if (typeof port === "number") return port;
  return typeof port === "string" && /^[0-9]{1,5}$/.test(port) ? Number(port) : undefined;
}

function presentText(value: unknown): string | undefined {
  return isAbsent(value) ? undefined : (value as string);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function definedOnly(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
