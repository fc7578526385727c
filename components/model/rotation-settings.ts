import { accessKeyProblems, AccessKeySettings } from "./access-key-settings";
import { apiKeyProblems, ApiKeySettings } from "./api-key-settings";
import { Parsed } from "./credential";
import { elastiCacheProblems, ElastiCacheSettings } from "./elasticache-settings";
import { sshProblems, SshSettings } from "./ssh-settings";

/** Name of the function's environment variable that holds its settings as JSON. */
export const rotationSettingsVariable = "STRONGROOM_ROTATION";

/** How the next login relates to the current one. */
export type RotationStrategyName =
  "single-user" | "alternating-users" | "dual-password" | "superuser-managed";

/** What one rotation function may do, as it is written into the function's environment. Holds no secret. */
export interface RotationSettings {
  readonly strategy: RotationStrategyName;
  /**
   * The only secret this function may rotate: an ARN in which `*` and `?` are wild cards.
   * @default any secret whose rotation names this function
   */
  readonly secretArn?: string;
  /**
   * The only administrator's secret this function may use, with the same wild cards.
   * @default the `masterarn` of the secret, provided that its host is the secret's
   */
  readonly adminSecretArn?: string;
  /** The first value of a secret that has none. @default an empty secret is refused */
  readonly seed?: RotationSeed;
  /** @default length 32, excluding `/@"'\:` and the space */
  readonly password?: PasswordSettings;
  /** @default mode "verify-full" with the system's roots and those of RDS */
  readonly tls?: TlsSettings;
  /** Groups of host names that reach the same server, such as a writer endpoint and its CNAME. @default none */
  readonly hostAliases?: readonly (readonly string[])[];
  /** For access keys of IAM. */
  readonly accessKey?: AccessKeySettings;
  /** For keys of an HTTP API. */
  readonly apiKey?: ApiKeySettings;
  /** For users of ElastiCache. */
  readonly elastiCache?: ElastiCacheSettings;
  /** For SSH key pairs. */
  readonly ssh?: SshSettings;
}

/** Where the user of an empty secret lives. The password is generated. */
export interface RotationSeed {
  readonly engine: string;
  readonly host: string;
  readonly port?: number;
  readonly dbname?: string;
  readonly username: string;
  /** The administrator's secret, which creates the user. */
  readonly masterarn?: string;
}

export interface PasswordSettings {
  /** Characters, 16 to 128. @default 32 */
  readonly length?: number;
  /** Characters never used. @default `/@"'\:` and the space, which break URLs, .pgpass files and AWS's templates */
  readonly excludeCharacters?: string;
}

/**
 * `verify-full` checks the chain and the host name; `verify-ca` the chain only; `require` encrypts without
 * checking; `disable` sends plain text. No mode falls back to another.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html
 */
export type TlsMode = "verify-full" | "verify-ca" | "require" | "disable";

export interface TlsSettings {
  /** @default "verify-full" */
  readonly mode?: TlsMode;
  /** PEM file of further roots, inside the function's bundle or a layer. */
  readonly caFile?: string;
  /** Further roots as PEM text. */
  readonly caPem?: string;
}

const strategies: readonly string[] = [
  "single-user",
  "alternating-users",
  "dual-password",
  "superuser-managed",
] satisfies RotationStrategyName[];
const tlsModes: readonly string[] = ["verify-full", "verify-ca", "require", "disable"];

/** Reads the environment variable; every problem at once. */
export function parseRotationSettings(json: string | undefined): Parsed<RotationSettings> {
  if (!json) return { ok: false, problems: [`${rotationSettingsVariable} is not set`] };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { ok: false, problems: [`${rotationSettingsVariable} is not JSON`] };
  }
  const problems = settingsProblems(value);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: value as RotationSettings };
}

/** Whether a secret without a value can be given one that is then set on the server. */
export function namesFirstUser({ seed, elastiCache }: RotationSettings): boolean {
  return (seed ?? elastiCache) !== undefined;
}

/** The text of the environment variable. */
export function renderRotationSettings(settings: RotationSettings): string {
  return JSON.stringify(settings);
}

/** Everything that is wrong with settings of unknown origin; empty when they may be used. */
export function settingsProblems(value: unknown): readonly string[] {
  if (!isRecord(value)) return ["settings must be an object"];
  return [
    ...oneOf("strategy", value["strategy"], strategies),
    ...optionalStrings(value, "", ["secretArn", "adminSecretArn"]),
    ...section(value, "seed", seedProblems),
    ...section(value, "password", passwordProblems),
    ...section(value, "tls", tlsProblems),
    ...aliasProblems(value["hostAliases"]),
    ...section(value, "accessKey", accessKeyProblems),
    ...section(value, "apiKey", apiKeyProblems),
    ...section(value, "elastiCache", elastiCacheProblems),
    ...section(value, "ssh", sshProblems),
  ];
}

function seedProblems(seed: Record<string, unknown>): string[] {
  const required = ["engine", "host", "username"].filter(
    (key) => typeof seed[key] !== "string" || !seed[key],
  );
  const port = seed["port"];
  return [
    ...required.map((key) => `seed.${key}: expected a non-empty string`),
    ...optionalStrings(seed, "seed.", ["dbname", "masterarn"]),
    ...(port === undefined || isWithin(port, 1, 65535)
      ? []
      : ["seed.port: expected a number from 1 to 65535"]),
    ...("password" in seed ? ["seed.password: not allowed, the password is generated"] : []),
  ];
}

function passwordProblems(password: Record<string, unknown>): string[] {
  const length = password["length"];
  return [
    ...(length === undefined || isWithin(length, 16, 128) ? [] : ["password.length: expected 16 to 128"]),
    ...optionalStrings(password, "password.", ["excludeCharacters"]),
  ];
}

function tlsProblems(tls: Record<string, unknown>): string[] {
  const mode = tls["mode"];
  return [
    ...(mode === undefined ? [] : oneOf("tls.mode", mode, tlsModes)),
    ...optionalStrings(tls, "tls.", ["caFile", "caPem"]),
  ];
}

function aliasProblems(aliases: unknown): string[] {
  const isGroup = (group: unknown) => Array.isArray(group) && group.every((host) => typeof host === "string");
  const fits = aliases === undefined || (Array.isArray(aliases) && aliases.every(isGroup));
  return fits ? [] : ["hostAliases: expected a list of lists of host names"];
}

function section(
  value: Record<string, unknown>,
  name: string,
  check: (inner: Record<string, unknown>) => string[],
): string[] {
  const inner = value[name];
  if (inner === undefined) return [];
  return isRecord(inner) ? check(inner) : [`${name}: expected an object`];
}

function oneOf(path: string, value: unknown, allowed: readonly string[]): string[] {
  return allowed.includes(value as string) ? [] : [`${path}: expected one of ${allowed.join(", ")}`];
}

function optionalStrings(value: Record<string, unknown>, prefix: string, keys: readonly string[]): string[] {
  return keys
    .filter((key) => value[key] !== undefined && typeof value[key] !== "string")
    .map((key) => `${prefix}${key}: expected a string`);
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
