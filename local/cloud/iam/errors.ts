import { ApiError } from "../core/api-error";

export function noSuchEntity(message: string): ApiError {
  return new ApiError("NoSuchEntity", message, 404);
}

export function entityAlreadyExists(message: string): ApiError {
  return new ApiError("EntityAlreadyExists", message, 409);
}

export function deleteConflict(message: string): ApiError {
  return new ApiError("DeleteConflict", message, 409);
}

export function limitExceeded(message: string): ApiError {
  return new ApiError("LimitExceeded", message, 409);
}

export function malformedPolicy(message: string): ApiError {
  return new ApiError("MalformedPolicyDocument", message, 400);
}
