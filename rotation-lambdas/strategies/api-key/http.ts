import * as http from "http";
import * as https from "https";
import { TlsSettings } from "../../../components/model/rotation-settings";
import { RotationError } from "../../rotation-error";
import { isTlsFailureCode, tlsTrust } from "../../tls-options";

export interface ApiCall {
  /** What it is for; each is declared by the settings. */
  readonly purpose: "create" | "list" | "verify" | "revoke";
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the start to the last byte of the answer. */
  readonly timeoutMs: number;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
}

/** Sends one request, once. Follows no redirection, which could lead the key to another host. */
export type SendHttp = (call: ApiCall) => Promise<ApiAnswer>;

/** Longest answer that is read. Bytes. */
const mostBytes = 1_000_000;

/** By HTTPS; plain HTTP only when the mode is `disable`. */
export function sendByHttps(settings: TlsSettings = {}): SendHttp {
  let trust: ReturnType<typeof tlsTrust> | undefined;
  return (call) => {
    trust ??= tlsTrust(settings);
    if (call.url.protocol === "http:" && trust !== false) {
      throw new RotationError("tls", 'api-key: plain HTTP needs "tls.mode" disable');
    }
    return send(call, trust || {});
  };
}

function send({ method, url, headers, body, timeoutMs }: ApiCall, trust: object): Promise<ApiAnswer> {
  const signal = AbortSignal.timeout(Math.max(1, Math.floor(timeoutMs)));
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(signal.aborted ? Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" }) : error);
    const options = { ...trust, method, headers, signal, agent: false };
    const call = (url.protocol === "https:" ? https : http).request(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= mostBytes) chunks.push(chunk);
        else call.destroy(new Error("the answer is too long"));
      });
      answer.on("error", fail);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
    call.on("error", fail);
    call.end(body);
  });
}

/** The error of a request that got no answer. */
export function connectionError(cause: unknown, doing: string): RotationError {
  if (cause instanceof RotationError) return cause;
  const code = String((cause as { code?: unknown })?.code ?? "");
  if (code === "ETIMEDOUT") return new RotationError("timeout", `api-key: ${doing}: no answer in time`);
  if (isTlsFailureCode(code)) return new RotationError("tls", `api-key: ${doing}: TLS failed (${code})`);
  if (code === "ERR_INVALID_CHAR") {
    return new RotationError("invalid-secret", `api-key: ${doing}: a value does not fit into a header`);
  }
  return new RotationError("unreachable", `api-key: ${doing}: no connection (${code || "closed"})`);
}
