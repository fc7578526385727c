import { createHash } from "crypto";
import { ApiKeySettings, ApiRequest } from "../../../components/model/api-key-settings";
import { KeyService, ListedKey } from "../../issued-keys";
import { RotationError, RotationErrorCode } from "../../rotation-error";
import { Surroundings } from "../../strategy";
import { ApiKeyCredential } from "./credential";
import { ApiAnswer, ApiCall, connectionError, SendHttp } from "./http";
import { fillJson, fillText, TemplateValues, valueAt } from "./template";

/** Longest time for one request. Milliseconds. */
const callMs = 10_000;

/** The API as the settings declare it, with one credential that signs. */
export class ApiKeyService implements KeyService<ApiKeyCredential> {
  /** @param signing `key` and the fields of the secrets, as placeholders name them */
  constructor(
    private readonly settings: ApiKeySettings,
    private readonly send: SendHttp,
    private readonly around: Surroundings,
    private readonly signing: TemplateValues,
  ) {}

  idOf({ apiKeyId }: ApiKeyCredential): string {
    return apiKeyId;
  }

  /** The keys whose label is one of this secret's. */
  async list(): Promise<readonly ListedKey[]> {
    const { list } = this.settings;
    if (!list) return [];
    const items = valueAt(await this.askJson(list, "list", {}), list.items);
    if (!Array.isArray(items)) throw unexpected("list", "has no list of keys");
    return items.flatMap((item) => {
      const [id, label] = [textAt(item, list.id), textAt(item, list.label)];
      if (id === undefined || !label?.startsWith(this.labelPrefix)) return [];
      const [madeFor, createdAt] = label.slice(this.labelPrefix.length).split(":");
      return Number.isNaN(Number(createdAt)) ? [] : [{ id, createdAt: Number(createdAt), madeFor: madeFor! }];
    });
  }

  async create(extra: ApiKeyCredential["extra"] = {}): Promise<ApiKeyCredential> {
    const { create } = this.settings;
    const label = `${this.labelPrefix}${this.around.versionId}:${Date.now()}`;
    const answer = await this.askJson(create, "create", { label, rotation: this.around.versionId });
    const [apiKey, apiKeyId] = [textAt(answer, create.key), textAt(answer, create.id)];
    if (!apiKey || !apiKeyId) throw unexpected("create", "has no key, or no id");
    return { apiKey, apiKeyId, extra };
  }

  async remove(id: string): Promise<void> {
    const { status } = await this.ask(this.settings.revoke, "revoke", { id });
    if (status === 404 || status === 410 || isSuccess(this.settings.revoke, status)) return;
    throw statusError("revoke", status);
  }

  /** @throws RotationError `authentication` when the API refuses the key */
  async verify({ apiKey, apiKeyId, extra }: ApiKeyCredential): Promise<void> {
    const values = { ...secretValues(extra), key: apiKey, id: apiKeyId };
    const { status } = await this.ask(this.settings.verify, "verify", values);
    if (!isSuccess(this.settings.verify, status)) throw statusError("verify", status);
  }

  private get labelPrefix(): string {
    return `strongroom:${createHash("sha256").update(this.around.secretArn).digest("hex").slice(0, 16)}:`;
  }

  private async askJson(
    request: ApiRequest,
    name: ApiCall["purpose"],
    values: TemplateValues,
  ): Promise<unknown> {
    const { status, body } = await this.ask(request, name, values);
    if (!isSuccess(request, status)) throw statusError(name, status);
    try {
      return JSON.parse(body);
    } catch {
      throw unexpected(name, "is not JSON");
    }
  }

  private async ask(request: ApiRequest, name: ApiCall["purpose"], more: TemplateValues): Promise<ApiAnswer> {
    const values = { ...this.signing, ...more };
    const timeoutMs = this.around.budget.sliceMs(callMs, name);
    const filled = Object.entries(request.headers ?? {}).map(([key, text]) => [key, fillText(text, values)]);
    const body = request.body === undefined ? undefined : JSON.stringify(fillJson(request.body, values));
    const call = {
      ...{ purpose: name, method: request.method, timeoutMs },
      url: new URL(fillText(request.path, values, encodeURIComponent), this.settings.origin),
      headers: { ...(body === undefined ? {} : jsonHeaders(body)), ...Object.fromEntries(filled) },
      ...(body === undefined ? {} : { body }),
    };
    try {
      return await this.send(call);
    } catch (cause) {
      throw connectionError(cause, name);
    }
  }
}

/** Fields of a secret as placeholders name them. */
export function secretValues(fields: Readonly<Record<string, unknown>>, prefix = "secret"): TemplateValues {
  const texts = Object.entries(fields).filter(([, value]) => ["string", "number"].includes(typeof value));
  return Object.fromEntries(texts.map(([name, value]) => [`${prefix}.${name}`, String(value)]));
}

function jsonHeaders(body: string): Record<string, string> {
  return { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
}

function textAt(document: unknown, pointer: string): string | undefined {
  const value = valueAt(document, pointer);
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function isSuccess({ expect }: ApiRequest, status: number): boolean {
  return expect ? expect.includes(status) : status >= 200 && status <= 299;
}

const byStatus: Readonly<Record<number, RotationErrorCode>> = {
  401: "authentication",
  403: "authentication",
  408: "timeout",
  409: "conflict",
  422: "policy-refused",
  423: "locked",
  429: "unreachable",
};

/** Whether the API refused the key itself. A 403 to anything but the check says that the key may not do it. */
export function isRefusedKey({ status }: ApiAnswer, { purpose }: Pick<ApiCall, "purpose">): boolean {
  return status === 401 || (status === 403 && purpose === "verify");
}

function statusError(purpose: ApiCall["purpose"], status: number): RotationError {
  const isRight = purpose !== "verify" && status === 403;
  const code = isRight ? "permission" : (byStatus[status] ?? (status >= 500 ? "unreachable" : "unsupported"));
  return new RotationError(code, `api-key: ${purpose}: the API answers ${status}`);
}

function unexpected(name: string, what: string): RotationError {
  return new RotationError("unsupported", `api-key: ${name}: the API's answer ${what}`);
}
