/**
 * How an HTTP API makes, lists, checks and revokes its keys. In `path`, `headers` and the texts of `body`, these are
 * replaced: `{{key}}` by the key that is checked or that signs the request, `{{id}}` by the id of the key that is checked
 * or revoked, `{{label}}` by a name for the new key, `{{rotation}}` by the id of the version that is made,
 * `{{secret.x}}` by another field of the secret, and `{{admin.x}}` by a field of the secret in `adminSecretArn`.
 */
export interface ApiKeySettings {
  /** Scheme, host and port to which alone requests go, such as `https://api.example.com`. */
  readonly origin: string;
  /** Who signs what makes and revokes keys: the key in use, or the administrator's secret. @default "own-key" */
  readonly changedBy?: "own-key" | "admin";
  /** `key` and `id` are JSON pointers into the answer, such as `/data/token`. */
  readonly create: ApiRequest & { readonly key: string; readonly id: string };
  /** An answer outside of `expect` means that the key is refused when it is 401 or 403. */
  readonly verify: ApiRequest;
  /** 404 and 410 count as done. */
  readonly revoke: ApiRequest;
  /**
   * Lists keys, all in one answer: `items` points to the list, `id` and `label` into each item. With it a key whose
   * making was not survived is found by its label and revoked.
   */
  readonly list?: ApiRequest & { readonly items: string; readonly id: string; readonly label: string };
  /**
   * Whether `create` repeated with the same `{{rotation}}` answers the same key, as with an `Idempotency-Key` header.
   *
   * @default false, and then `list` is needed
   */
  readonly isIdempotent?: boolean;
  /** When the key that AWSPREVIOUS holds is revoked. @default "next-rotation", so that no application is refused */
  readonly deleteOld?: "next-rotation" | "at-finish";
}

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Begins with a slash. What is filled in is escaped for a URL. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Statuses of success. @default 200 to 299 */
  readonly expect?: readonly number[];
}

const methods: readonly unknown[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const placeholders = /^(key|id|label|rotation|(secret|admin)\.[\w-]+)$/;

/** Everything that is wrong with settings of unknown origin. */
export function apiKeyProblems(settings: Record<string, unknown>): string[] {
  const { origin, changedBy, isIdempotent, deleteOld, list } = settings;
  const create = JSON.stringify(settings["create"] ?? {});
  return [
    ...(isOrigin(origin)
      ? []
      : ["apiKey.origin: expected a scheme and a host, such as https://api.example.com"]),
    ...choice("apiKey.changedBy", changedBy, ["own-key", "admin"]),
    ...choice("apiKey.deleteOld", deleteOld, ["next-rotation", "at-finish"]),
    ...requestProblems("apiKey.create", settings["create"], ["key", "id"]),
    ...requestProblems("apiKey.verify", settings["verify"], []),
    ...requestProblems("apiKey.revoke", settings["revoke"], []),
    ...(list === undefined ? [] : requestProblems("apiKey.list", list, ["items", "id", "label"])),
    ...(list === undefined && isIdempotent !== true
      ? [
          "apiKey.list: needed unless apiKey.isIdempotent, for else a crash would leave a key that nobody revokes",
        ]
      : []),
    ...(list !== undefined && !create.includes("{{label}}")
      ? ["apiKey.create: expected {{label}}, by which `list` finds it"]
      : []),
    ...(isIdempotent === true && !create.includes("{{rotation}}")
      ? ["apiKey.create: expected {{rotation}}, which makes it idempotent"]
      : []),
  ];
}

function requestProblems(path: string, value: unknown, pointers: readonly string[]): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [`${path}: expected an object`];
  const request = value as Record<string, unknown>;
  const { method, path: target, headers = {}, expect } = request;
  const texts = [target, ...Object.values(headers as object), JSON.stringify(request["body"] ?? "")];
  const names = texts.flatMap((text) =>
    [...String(text).matchAll(/\{\{(.*?)\}\}/g)].map(([, name]) => name!),
  );
  const unknown = names.filter((name) => !placeholders.test(name));
  return [
    ...(methods.includes(method) ? [] : [`${path}.method: expected one of ${methods.join(", ")}`]),
    ...(typeof target === "string" && /^\/(?!\/)/.test(target)
      ? []
      : [`${path}.path: expected a path that begins with one slash`]),
    ...(isTexts(headers) ? [] : [`${path}.headers: expected texts`]),
    ...(expect === undefined || isStatuses(expect)
      ? []
      : [`${path}.expect: expected a list of HTTP statuses`]),
    ...pointers
      .filter((name) => !/^(\/[^/]*)*$/.test(String(request[name] ?? "-")))
      .map((name) => `${path}.${name}: expected a JSON pointer, such as /data/id`),
    ...unknown.map((name) => `${path}: {{${name}}} is not known`),
  ];
}

function isOrigin(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { origin, protocol, username } = new URL(value);
  return ["https:", "http:"].includes(protocol) && username === "" && value.replace(/\/$/, "") === origin;
}

function isTexts(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((text) => typeof text === "string")
  );
}

function isStatuses(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((status) => Number.isInteger(status) && status >= 100 && status <= 599)
  );
}

function choice(path: string, value: unknown, allowed: readonly string[]): string[] {
  if (value === undefined || allowed.includes(value as string)) return [];
  return [`${path}: expected one of ${allowed.join(", ")}`];
}
