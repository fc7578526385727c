import { Parsed, parseSecretObject } from "../../../components/model/credential";

/** A secret's value that holds an API key, in the shape that AWS's guidance has. */
export interface ApiKeyCredential {
  readonly apiKey: string;
  readonly apiKeyId: string;
  /** Keys of the user's own, `endpoint` and `provider` among them; kept as they are through every rotation. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Reads a secret string. Problems never quote a value. */
export function parseApiKey(secretString: string): Parsed<ApiKeyCredential> {
  const object = parseSecretObject(secretString);
  if (!object.ok) return object;
  const { apiKey, apiKeyId, ...extra } = object.value;
  const problems = Object.entries({ apiKey, apiKeyId })
    .filter(([, text]) => typeof text !== "string" || text === "" || /[\r\n\0]/.test(text))
    .map(([name]) => `"${name}" must be a non-empty string of one line`);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: { apiKey, apiKeyId, extra } as ApiKeyCredential };
}

export function renderApiKey({ extra, ...known }: ApiKeyCredential): string {
  return JSON.stringify({ ...known, ...extra });
}
