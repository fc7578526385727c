import { faultLine, SettingFault } from "./setting-fault";

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

/** Everything that is wrong with settings of unknown origin; keys that are not known are not looked at. */
export function apiKeyFaults(settings: Readonly<Record<string, unknown>>): SettingFault[] {
  const { origin, changedBy, deleteOld, list } = settings;
  return [
    ...unless(isOrigin(origin), "origin", "a scheme and a host, such as https://api.example.com"),
    ...choice("changedBy", changedBy, ["own-key", "admin"]),
    ...choice("deleteOld", deleteOld, ["next-rotation", "at-finish"]),
    ...requestFaults("create", settings["create"], ["key", "id"]),
    ...requestFaults("verify", settings["verify"], []),
    ...requestFaults("revoke", settings["revoke"], []),
    ...(list === undefined ? [] : requestFaults("list", list, ["items", "id", "label"])),
    ...recoveryFaults(settings),
  ];
}

/** As {@link apiKeyFaults}, in words. */
export function apiKeyProblems(settings: Record<string, unknown>): string[] {
  return apiKeyFaults(settings).map((fault) => faultLine("apiKey", fault));
}

/** A key whose making was not survived has to be found again. */
function recoveryFaults({
  list,
  create,
  isIdempotent,
}: Readonly<Record<string, unknown>>): readonly SettingFault[] {
  const made = JSON.stringify(create ?? {});
  const crash = "for else a crash would leave a key that nobody revokes";
  return [
    ...unless(list !== undefined || isIdempotent === true, "list", `a list unless isIdempotent, ${crash}`),
    ...unless(
      list === undefined || create === undefined || made.includes("{{label}}"),
      "create",
      "{{label}}, by which `list` finds it",
    ),
    ...unless(
      isIdempotent !== true || made.includes("{{rotation}}"),
      "create",
      "{{rotation}}, which makes it idempotent",
    ),
  ];
}

function requestFaults(path: string, value: unknown, pointers: readonly string[]): readonly SettingFault[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [{ path, expected: "an object" }];
  const request = value as Record<string, unknown>;
  const { method, path: target, headers = {}, expect } = request;
  const isPath = typeof target === "string" && /^\/(?!\/)/.test(target);
  return [
    ...unless(methods.includes(method), `${path}.method`, `one of ${methods.join(", ")}`),
    ...unless(isPath, `${path}.path`, "a path that begins with one slash"),
    ...unless(isTexts(headers), `${path}.headers`, "texts"),
    ...unless(expect === undefined || isStatuses(expect), `${path}.expect`, "a list of HTTP statuses"),
    ...pointers.flatMap((name) =>
      unless(
        /^(\/[^/]*)*$/.test(String(request[name] ?? "-")),
        `${path}.${name}`,
        "a JSON pointer, such as /data/id",
      ),
    ),
    ...unknownPlaceholders(request).map((name) => ({
      path,
      expected: `a known placeholder for {{${name}}}`,
    })),
  ];
}

function unknownPlaceholders({ path, headers, body }: Readonly<Record<string, unknown>>): readonly string[] {
  const text = [path, JSON.stringify(headers ?? {}), JSON.stringify(body ?? "")].join("\n");
  return [...text.matchAll(/\{\{(.*?)\}\}/g)]
    .map(([, name]) => name!)
    .filter((name) => !placeholders.test(name));
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

function choice(path: string, value: unknown, allowed: readonly string[]): readonly SettingFault[] {
  return unless(
    value === undefined || allowed.includes(value as string),
    path,
    `one of ${allowed.join(", ")}`,
  );
}

function unless(isSound: boolean, path: string, expected: string): readonly SettingFault[] {
  return isSound ? [] : [{ path, expected }];
}
