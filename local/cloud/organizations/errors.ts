import { ApiError } from "../core/api-error";

const MESSAGES = {
  AWSOrganizationsNotInUseException: "Your account is not a member of an organization.",
  AccountNotFoundException: "You specified an account that doesn't exist.",
  DuplicatePolicyException: "A policy with the specified name and type already exists.",
  DuplicatePolicyAttachmentException: "A policy with the specified name and type already exists.",
  PolicyNotFoundException: "We can't find a policy with the PolicyId that you specified.",
  PolicyNotAttachedException: "The policy isn't attached to the specified target in the specified root.",
  PolicyInUseException:
    "The policy is attached to one or more entities. You must detach it before deleting it.",
  TargetNotFoundException: "We can't find a root, OU, or account with the TargetId that you specified.",
  MalformedPolicyDocumentException:
    "The provided policy document does not meet the requirements of the specified policy type.",
  ConstraintViolationException: "The policy must leave at least one policy of its type attached.",
  PolicyChangesInProgressException: "Changes to the effective policy are in progress.",
} as const;

/** An error of Organizations in AWS's words. */
export function organizationsError(code: keyof typeof MESSAGES, message: string = MESSAGES[code]): ApiError {
  return new ApiError(code, message);
}
