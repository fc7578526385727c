import { ApiError } from "../core/api-error";

/** `NotFoundException` in KMS's words for the different ways of naming a key. */
export const notFound = {
  key: (arn: string) => new ApiError("NotFoundException", `Key '${arn}' does not exist`),
  alias: (arn: string) => new ApiError("NotFoundException", `Alias ${arn} is not found.`),
  invalidKeyId: (keyId: string) => new ApiError("NotFoundException", `Invalid keyId '${keyId}'`),
  grant: (grantId: string) => new ApiError("NotFoundException", `Grant ID ${grantId} not found`),
};

/** `KMSInvalidStateException`, such as "arn:... is pending deletion." */
export function invalidState(arn: string, text: string): ApiError {
  return new ApiError("KMSInvalidStateException", `${arn} ${text}`);
}

/** AWS gives no message with `InvalidCiphertextException`. */
export function invalidCiphertext(): ApiError {
  return new ApiError("InvalidCiphertextException", "");
}

export function unsupported(message: string): ApiError {
  return new ApiError("UnsupportedOperationException", message);
}

export function malformedPolicy(message: string): ApiError {
  return new ApiError("MalformedPolicyDocumentException", message);
}

/** What KMS answers when a ciphertext's key is not to be found, so as not to tell why. */
export function ciphertextKeyUnknown(): ApiError {
  return new ApiError(
    "AccessDeniedException",
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
  );
}
