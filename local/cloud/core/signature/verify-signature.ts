import { createHmac, timingSafeEqual } from "crypto";
import { accessKeys, principalKey, users } from "../../iam/records";
import { HttpRequest } from "../../protocols/http-message";
import { sessions } from "../../sts/records";
import { Caller, sessionCaller, userCaller } from "../caller";
import { Clock } from "../clock";
import { Sealer } from "../sealed";
import { Store } from "../store";
import { canonicalRequest, sha256 } from "./canonical-request";
import { readSignature, SignatureParts } from "./signature-parts";

/** Kinds of refusal; the error code of each depends on the service's protocol. */
export type SignatureFailure = {
  readonly kind: "missing" | "incomplete" | "unknown-key" | "mismatch" | "expired-token";
  readonly message: string;
};

export type Verification =
  | { readonly ok: true; readonly caller: Caller; readonly scope: SignatureParts["scope"] }
  | { readonly ok: false; readonly failure: SignatureFailure };

/** What verification needs of the cloud. */
export interface KeyRing {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

const SKEW_MINUTES = 5;
const INVALID_TOKEN = "The security token included in the request is invalid.";
const MISMATCH =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key " +
  "and signing method. Consult the service documentation for details.";

/**
 * Who signed the request, by Signature Version 4 in the header or in a presigned URL.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export function verifySignature(request: HttpRequest, ring: KeyRing): Verification {
  const parts = readSignature(request);
  if (parts === "missing") return refuse("missing", "Missing Authentication Token");
  if ("problem" in parts) return refuse("incomplete", parts.problem);
  const key = findKey(parts, ring);
  if ("kind" in key) return { ok: false, failure: key };
  const dateProblem = checkDate(parts, ring.clock);
  if (dateProblem) return refuse("mismatch", dateProblem);
  const leaveOut = parts.presignedSeconds === undefined ? undefined : "X-Amz-Signature";
  const text = stringToSign(parts, canonicalRequest(request, parts.signedHeaders, leaveOut));
  const expected = hmac(signingKey(key.sealedSecret, parts, ring), text).toString("hex");
  if (!isEqual(expected, parts.signature)) return refuse("mismatch", MISMATCH);
  return { ok: true, caller: key.caller(), scope: parts.scope };
}

function findKey(
  { accessKeyId, sessionToken }: SignatureParts,
  { store, clock }: KeyRing,
): SignatureFailure | { readonly sealedSecret: string; caller(): Caller } {
  const invalid = { kind: "unknown-key", message: INVALID_TOKEN } as const;
  const key = accessKeys(store).get(accessKeyId);
  if (key) {
    const user = users(store).get(principalKey(key.accountId, key.userName));
    if (!user || !key.isActive || sessionToken !== undefined) return invalid;
    return { sealedSecret: key.sealedSecret, caller: () => userCaller(user, accessKeyId) };
  }
  const session = sessions(store).get(accessKeyId);
  if (!session || sessionToken === undefined || !isEqual(sha256(sessionToken), session.tokenHash))
    return invalid;
  if (clock.now() >= session.expiresAt) {
    return { kind: "expired-token", message: "The security token included in the request is expired" };
  }
  return { sealedSecret: session.sealedSecret, caller: () => sessionCaller(session, store) };
}

/** The date must be near the machine's time or the cloud's, which a test may have moved ahead. */
function checkDate({ signedAt, scope, presignedSeconds }: SignatureParts, clock: Clock): string | undefined {
  if (signedAt.slice(0, 8) !== scope.date) {
    return `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${signedAt.slice(0, 8)}', from '${signedAt}'.`;
  }
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signedAt) ?? [];
  const time = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
  if (Number.isNaN(time)) return `Date must be in ISO-8601 'basic format'. Got '${signedAt}'.`;
  const skew = SKEW_MINUTES * 60_000;
  const validFor = presignedSeconds === undefined ? skew : presignedSeconds * 1000;
  const nows = [Date.now(), clock.now()];
  if (nows.some((now) => time - now <= skew && now - time <= validFor)) return undefined;
  const limit = basicTime(nows[0]!);
  const isLate = time < nows[0]!;
  return isLate
    ? `Signature expired: ${signedAt} is now earlier than ${basicTime(nows[0]! - validFor)} (${limit} - ${validFor / 60_000} min.)`
    : `Signature not yet current: ${signedAt} is still later than ${basicTime(nows[0]! + skew)} (${limit} + ${SKEW_MINUTES} min.)`;
}

function basicTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

function stringToSign({ signedAt, scope }: SignatureParts, canonical: string): string {
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  return ["AWS4-HMAC-SHA256", signedAt, scopeText, sha256(canonical)].join("\n");
}

const MAX_KEPT = 1_000;
const signingKeys = new Map<string, Buffer>();

/** Good for one secret, day, Region and service; deriving it takes longer than everything else here. */
function signingKey(sealedSecret: string, { scope }: SignatureParts, { sealer }: KeyRing): Buffer {
  const id = `${sealedSecret}/${scope.date}/${scope.region}/${scope.service}`;
  let key = signingKeys.get(id);
  if (!key) {
    key = hmac(`AWS4${sealer.unseal(sealedSecret).toString("utf8")}`, scope.date);
    for (const part of [scope.region, scope.service, "aws4_request"]) key = hmac(key, part);
    if (signingKeys.size >= MAX_KEPT) signingKeys.clear();
    signingKeys.set(id, key);
  }
  return key;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function refuse(kind: SignatureFailure["kind"], message: string): Verification {
  return { ok: false, failure: { kind, message } };
}
