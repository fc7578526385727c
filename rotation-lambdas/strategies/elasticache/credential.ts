import { Parsed, parseSecretObject } from "../../../components/model/credential";

/** A secret's value that holds a user of ElastiCache, in the shape that AWS documents. */
export interface ElastiCacheCredential {
  readonly username: string;
  readonly password: string;
  readonly user_arn: string;
  /** Keys of the user's own; kept as they are through every rotation. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/**
 * Reads a secret string. Problems never quote a value.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function parseElastiCacheUser(secretString: string): Parsed<ElastiCacheCredential> {
  const object = parseSecretObject(secretString);
  if (!object.ok) return object;
  const { username, password, user_arn, ...extra } = object.value;
  const problems = Object.entries({ username, password, user_arn })
    .filter(([, text]) => typeof text !== "string" || text === "")
    .map(([name]) => `"${name}" must be a non-empty string`);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { username, password, user_arn, extra } as ElastiCacheCredential };
}

export function renderElastiCacheUser({ extra, ...known }: ElastiCacheCredential): string {
  return JSON.stringify({ ...known, ...extra });
}
