import { ApiError } from "../core/api-error";
import { Service } from "../core/operation";
import { SignatureFailure } from "../core/signature";

const JSON_CODES: Readonly<Record<SignatureFailure["kind"], string>> = {
  missing: "MissingAuthenticationTokenException",
  incomplete: "IncompleteSignatureException",
  "unknown-key": "UnrecognizedClientException",
  mismatch: "InvalidSignatureException",
  "expired-token": "ExpiredTokenException",
};

const QUERY_CODES: Readonly<Record<SignatureFailure["kind"], string>> = {
  missing: "MissingAuthenticationToken",
  incomplete: "IncompleteSignature",
  "unknown-key": "InvalidClientTokenId",
  mismatch: "SignatureDoesNotMatch",
  "expired-token": "ExpiredToken",
};

/** The refusal in the words of the service's protocol; awsJson answers 400 throughout, the others 403. */
export function signatureError(
  { kind, message }: SignatureFailure,
  protocol?: Service["protocol"],
): ApiError {
  if (protocol?.kind === "aws-query")
    return new ApiError(QUERY_CODES[kind], message, kind === "incomplete" ? 400 : 403);
  return new ApiError(JSON_CODES[kind], message, protocol?.kind === "rest-json" ? 403 : 400);
}
