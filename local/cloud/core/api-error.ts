/** An error that a client of the API is meant to see, in AWS's own code and words. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /**
   * @param code such as `ResourceNotFoundException`; the wire form (`__type`, `<Code>`) follows the protocol
   * @param status HTTP status; Secrets Manager and KMS answer 400 throughout, IAM's NoSuchEntity is 404
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    /** Further members of the error body, such as `Reason`. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
