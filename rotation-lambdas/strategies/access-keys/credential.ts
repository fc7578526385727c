import { Parsed, parseSecretObject } from "../../../components/model/credential";

/** A secret's value that holds an access key. */
export interface AccessKeyCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** @default the function's setting */
  readonly userName?: string;
  /** Keys of the user's own; kept as they are through every rotation. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** Reads a secret string. Problems never quote a value. */
export function parseAccessKey(secretString: string): Parsed<AccessKeyCredential> {
  const object = parseSecretObject(secretString);
  if (!object.ok) return object;
  const { accessKeyId, secretAccessKey, userName, ...extra } = object.value;
  const problems = [
    ...(isText(accessKeyId) && /^\w{16,128}$/.test(accessKeyId)
      ? []
      : ['"accessKeyId" must be an access key\'s id']),
    ...(isText(secretAccessKey) && secretAccessKey !== ""
      ? []
      : ['"secretAccessKey" must be a non-empty string']),
    ...(userName === undefined || (isText(userName) && userName !== "")
      ? []
      : ['"userName" must be a non-empty string']),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const named = userName === undefined ? {} : { userName };
  return { ok: true, value: { accessKeyId, secretAccessKey, ...named, extra } as AccessKeyCredential };
}

export function renderAccessKey({ extra, ...known }: AccessKeyCredential): string {
  return JSON.stringify({ ...known, ...extra });
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
