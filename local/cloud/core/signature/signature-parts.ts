import { HttpRequest, splitTarget } from "../../protocols/http-message";
import { queryParameters } from "./canonical-request";

/** What a request says of its own signature. */
export interface SignatureParts {
  readonly accessKeyId: string;
  readonly scope: { readonly date: string; readonly region: string; readonly service: string };
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly signedAt: string;
  readonly sessionToken?: string;
  /** Seconds a presigned URL is good for; absent for a signature in the header. */
  readonly presignedSeconds?: number;
}

/** The parts; what is wrong with them; or "missing" when the request is not signed at all. */
export type ReadSignature = SignatureParts | { readonly problem: string } | "missing";

const ALGORITHM = "AWS4-HMAC-SHA256";

/** Reads the signature of the Authorization header, or of the query of a presigned URL. */
export function readSignature(request: HttpRequest): ReadSignature {
  const query = new Map(queryParameters(splitTarget(request.target).query));
  if (query.has("X-Amz-Signature") || query.has("X-Amz-Algorithm")) return presigned(query);
  const header = request.headers["authorization"];
  if (header === undefined) return "missing";
  if (!header.startsWith(`${ALGORITHM} `))
    return { problem: `Unsupported AWS 'algorithm': '${header.split(" ")[0]}'` };
  const fields = new Map(
    header
      .slice(ALGORITHM.length + 1)
      .split(",")
      .map((field) => field.trim().split(/=(.*)/s) as [string, string]),
  );
  const absent = ["Credential", "SignedHeaders", "Signature"].filter((name) => !fields.get(name));
  const signedAt = request.headers["x-amz-date"] ?? isoDate(request.headers["date"]);
  if (absent.length > 0 || signedAt === undefined) {
    const dateText = signedAt === undefined ? ["existence of either a 'X-Amz-Date' or a 'Date' header"] : [];
    const texts = [...absent.map((name) => `'${name}' parameter`), ...dateText];
    return { problem: `Authorization header requires ${texts.join(". Authorization header requires ")}.` };
  }
  return assemble(fields.get("Credential")!, {
    signedHeaders: fields.get("SignedHeaders")!.split(";"),
    signature: fields.get("Signature")!,
    signedAt,
    sessionToken: request.headers["x-amz-security-token"],
  });
}

function presigned(query: ReadonlyMap<string, string>): ReadSignature {
  const names = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"];
  const absent = names.map((name) => `X-Amz-${name}`).filter((name) => !query.get(name));
  if (absent.length > 0)
    return { problem: `AWS query-string parameters must include '${absent.join("', '")}'` };
  return assemble(query.get("X-Amz-Credential")!, {
    signedHeaders: query.get("X-Amz-SignedHeaders")!.split(";"),
    signature: query.get("X-Amz-Signature")!,
    signedAt: query.get("X-Amz-Date")!,
    sessionToken: query.get("X-Amz-Security-Token"),
    presignedSeconds: Number(query.get("X-Amz-Expires")),
  });
}

function assemble(credential: string, rest: Omit<SignatureParts, "accessKeyId" | "scope">): ReadSignature {
  const [accessKeyId, date, region, service, terminator, ...more] = credential.split("/");
  const isWhole =
    accessKeyId && date && region && service && terminator === "aws4_request" && more.length === 0;
  if (!isWhole) {
    return {
      problem: `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term`,
    };
  }
  if (!rest.signedHeaders.includes("host"))
    return { problem: "'Host' must be a 'SignedHeader' in the AWS Authorization." };
  return { accessKeyId, scope: { date, region, service }, ...rest };
}

function isoDate(header: string | undefined): string | undefined {
  const date = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(date) ? undefined : new Date(date).toISOString().replace(/[-:]|\.\d{3}/g, "");
}
