import { createHash, createHmac } from "crypto";
import * as http from "http";
import * as https from "https";

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A POST of AWS's JSON protocol, or of its query protocol. */
export interface AwsRequest {
  readonly endpoint: URL;
  readonly service: string;
  readonly region: string;
  /** Such as `secretsmanager.GetSecretValue`; the query protocol has none. */
  readonly target?: string;
  readonly body: string;
  readonly credentials: AwsCredentials;
  /** From the start to the last byte of the answer. */
  readonly timeoutMs: number;
}

export interface AwsResponse {
  readonly status: number;
  readonly body: string;
}

const formType = "application/x-www-form-urlencoded; charset=utf-8";

/** Thrown as the error's `code` when `timeoutMs` is over. */
export const requestTimedOut = "STRONGROOM_TIMEOUT";

const agents = {
  "http:": new http.Agent({ keepAlive: true }),
  "https:": new https.Agent({ keepAlive: true }),
};

/** Sends one signed request, once. Rejects only when there is no answer. */
export function sendAwsRequest(request: AwsRequest, now = new Date()): Promise<AwsResponse> {
  const { endpoint, body, timeoutMs } = request;
  const isTls = endpoint.protocol === "https:";
  const options = {
    method: "POST",
    agent: agents[isTls ? "https:" : "http:"],
    headers: { ...signedHeaders(request, now), "content-length": String(Buffer.byteLength(body)) },
    signal: AbortSignal.timeout(Math.max(1, Math.floor(timeoutMs))),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(options.signal.aborted ? timedOut() : error);
    const call = (isTls ? https : http).request(endpoint, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", fail);
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      );
    });
    call.on("error", fail);
    call.end(body);
  });
}

/**
 * The headers of a request signed by Signature Version 4.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(request: AwsRequest, now: Date): Record<string, string> {
  const { endpoint, service, region, target, body, credentials } = request;
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const headers: Record<string, string> = {
    "content-type": target === undefined ? formType : "application/x-amz-json-1.1",
    host: endpoint.host,
    "x-amz-date": time,
    ...(credentials.sessionToken ? { "x-amz-security-token": credentials.sessionToken } : {}),
    ...(target === undefined ? {} : { "x-amz-target": target }),
  };
  const names = Object.keys(headers).sort();
  const signed = names.join(";");
  const canonicalHeaders = names.map((name) => `${name}:${headers[name]}\n`).join("");
  const path = canonicalPath(endpoint.pathname);
  const canonical = ["POST", path, "", canonicalHeaders, signed, sha256(body)].join("\n");
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const parts = [time.slice(0, 8), region, service, "aws4_request", toSign];
  const signature = parts.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`) as Buffer;
  const credential = `Credential=${credentials.accessKeyId}/${scope}`;
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${signed}, Signature=${signature.toString("hex")}`;
  return { ...headers, authorization };
}

/** Every service but S3 signs the path with its escapes escaped once more. */
function canonicalPath(pathname: string): string {
  const escape = (segment: string) =>
    encodeURIComponent(segment).replace(
      /[!'()*]/g,
      (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return pathname.split("/").map(escape).join("/");
}

function timedOut(): Error {
  return Object.assign(new Error("no answer in time"), { code: requestTimedOut });
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
