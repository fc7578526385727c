import { createHash } from "crypto";
import { HttpRequest, splitTarget } from "../../protocols/http-message";

/**
 * The text of which Signature Version 4 signs the hash.
 *
 * @param leaveOut query parameter that is not signed (the signature itself in a presigned URL)
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function canonicalRequest(
  request: HttpRequest,
  signedHeaders: readonly string[],
  leaveOut?: string,
): string {
  const { path, query } = splitTarget(request.target);
  const headers = signedHeaders.map((name) => `${name}:${canonicalValue(request.headers[name] ?? "")}\n`);
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query, leaveOut),
    headers.join(""),
    signedHeaders.join(";"),
    payloadHash(request),
  ].join("\n");
}

/** SHA-256 in hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** The body's own hash counts, whatever the header claims, unless the client says that it did not sign the body. */
function payloadHash({ headers, body }: HttpRequest): string {
  const claimed = headers["x-amz-content-sha256"];
  return claimed === "UNSIGNED-PAYLOAD" ? claimed : sha256(body);
}

function canonicalValue(value: string): string {
  return value.trim().replace(/ +/g, " ");
}

/** Every service but S3 encodes the path, as it was sent, once more. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/").slice(1)) {
    if (segment === "..") segments.pop();
    else if (segment !== ".") segments.push(segment);
  }
  const kept = segments.filter((segment, index) => segment !== "" || index === segments.length - 1);
  return `/${kept.map(encode).join("/")}`;
}

function canonicalQuery(query: string, leaveOut: string | undefined): string {
  return queryParameters(query)
    .filter(([name]) => name !== leaveOut)
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** Names and values of a query string, decoded. */
export function queryParameters(query: string): [string, string][] {
  if (query === "") return [];
  return query.split("&").map((part) => {
    const equals = part.indexOf("=");
    return equals < 0 ? [decode(part), ""] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
