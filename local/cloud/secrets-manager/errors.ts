import { ApiError } from "../core/api-error";

/** Errors of Secrets Manager in its own words. */
export function invalidRequest(message: string): ApiError {
  return new ApiError("InvalidRequestException", message);
}

export function invalidParameter(message: string): ApiError {
  return new ApiError("InvalidParameterException", message);
}

export function secretNotFound(): ApiError {
  return new ApiError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
}

/** @param what such as "staging label: AWSCURRENT" or "VersionId: 0c1d..." */
export function valueNotFound(what: string): ApiError {
  const message = `Secrets Manager can't find the specified secret value for ${what}`;
  return new ApiError("ResourceNotFoundException", message);
}

export function markedForDeletion(): ApiError {
  return invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

export function replicaIsReadOnly(): ApiError {
  return invalidParameter(
    "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
  );
}

export function tokenInUse(token: string, arn: string): ApiError {
  const message = `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`;
  return new ApiError("ResourceExistsException", message);
}

export function managedKeyFromOtherAccount(): ApiError {
  return invalidRequest(
    "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key.",
  );
}
