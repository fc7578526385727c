import { AwsCredentials, AwsResponse, requestTimedOut, sendAwsRequest } from "./aws-request";
import { RotationError, RotationErrorCode } from "./rotation-error";
import { TimeBudget } from "./time-budget";
import { isTlsFailureCode } from "./tls-options";

/** A service of AWS's query protocol, such as IAM. */
export interface QueryService {
  /** For messages. */
  readonly title: string;
  readonly signingName: string;
  readonly region: string;
  readonly endpoint: URL;
  /** Such as `2010-05-08`. */
  readonly apiVersion: string;
}

/** Sends one operation. @returns the answer's XML, or the code of AWS's error */
export type CallQuery = (
  service: QueryService,
  action: string,
  parameters: Readonly<Record<string, string>>,
  credentials: AwsCredentials,
  timeoutMs: number,
) => Promise<QueryAnswer>;

export type QueryAnswer = { readonly xml: string } | { readonly failure: string };

/** Longest time for one attempt, and the pauses before the next ones. Milliseconds. */
const attemptMs = 5000;
const pausesMs: readonly number[] = [200, 600, 1800];

const throttled: readonly string[] = [
  "Throttling",
  "ThrottlingException",
  "RequestLimitExceeded",
  "TooManyRequestsException",
];
const broken: readonly string[] = [
  "ServiceUnavailable",
  "InternalFailure",
  "ServiceFailure",
  "InternalError",
];

export interface QueryOptions {
  readonly credentials: AwsCredentials;
  readonly budget: TimeBudget;
  /** Whether a second execution is harmless; otherwise only a throttled call is repeated. @default true */
  readonly isRepeatable?: boolean;
}

/** Calls an operation, again when AWS asks for it, within the budget. @throws RotationError `timeout` */
export async function queryAws(
  call: CallQuery,
  service: QueryService,
  action: string,
  parameters: Readonly<Record<string, string>>,
  { credentials, budget, isRepeatable = true }: QueryOptions,
): Promise<QueryAnswer> {
  const repeated = isRepeatable ? [...throttled, ...broken] : throttled;
  for (let attempt = 0; ; attempt++) {
    const timeoutMs = budget.sliceMs(attemptMs, `${service.title} ${action}`);
    const answer = await call(service, action, parameters, credentials, timeoutMs);
    const pauseMs = pausesMs[attempt];
    const isFinal = !("failure" in answer) || !repeated.includes(answer.failure);
    if (isFinal || pauseMs === undefined || !(await budget.pause(pauseMs * (0.5 + Math.random()))))
      return answer;
  }
}

/** Whether AWS refused the credentials themselves, rather than what they asked for. */
export function isRefusedCaller(answer: QueryAnswer): boolean {
  return "failure" in answer && codes[answer.failure] === "authentication";
}

/** By HTTPS. A connection that breaks is answered as `ServiceUnavailable`, one that cannot be trusted as `TLS`. */
export const callQueryByHttps: CallQuery = async (service, action, parameters, credentials, timeoutMs) => {
  const { endpoint, signingName, region, apiVersion } = service;
  const body = new URLSearchParams({ Action: action, Version: apiVersion, ...parameters }).toString();
  try {
    return toAnswer(
      await sendAwsRequest({ endpoint, service: signingName, region, body, credentials, timeoutMs }),
    );
  } catch (error) {
    const code = String((error as { code?: unknown }).code ?? "");
    if (code !== requestTimedOut && isTlsFailureCode(code)) return { failure: "TLS" };
    return { failure: "ServiceUnavailable" };
  }
};

function toAnswer({ status, body }: AwsResponse): QueryAnswer {
  if (status >= 200 && status < 300) return { xml: body };
  const code = textIn(body, "Code");
  return { failure: code ?? (status >= 500 ? "ServiceUnavailable" : `HTTP ${status}`) };
}

const codes: Readonly<Record<string, RotationErrorCode>> = {
  AccessDenied: "permission",
  AccessDeniedException: "permission",
  UnauthorizedOperation: "permission",
  ExpiredToken: "permission",
  NoSuchEntity: "conflict",
  LimitExceeded: "conflict",
  EntityTemporarilyUnmodifiable: "locked",
  InvalidClientTokenId: "authentication",
  SignatureDoesNotMatch: "authentication",
  TLS: "tls",
};

/** The answer's XML. AWS's message is left out: it may quote the request. @throws RotationError */
export function requiredXml(answer: QueryAnswer, doing: string): string {
  if ("xml" in answer) return answer.xml;
  throw new RotationError(codes[answer.failure] ?? "unreachable", `${doing}: ${answer.failure}`);
}

/** The text of the first element of this name; enough for answers whose names are unique where they are looked for. */
export function textIn(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text === undefined ? undefined : unescapeXml(text);
}

/** The inner XML of each element of this name that has none of its own name inside. */
export function elementsIn(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].map(([, inner]) => inner!);
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hexadecimal, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hexadecimal) return String.fromCodePoint(parseInt(hexadecimal, 16));
    return entities[name] ?? whole;
  });
}
