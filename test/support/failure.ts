import { strict as assert } from "assert";

/** HTTP status, name and message of the error that an AWS SDK call ends with; fails when it succeeds. */
export async function failureOf(work: Promise<unknown>): Promise<[number | undefined, string, string]> {
  const error = await work.then(
    () => assert.fail("the call succeeded"),
    (caught: Error & { $metadata?: { httpStatusCode?: number } }) => caught,
  );
  return [error.$metadata?.httpStatusCode, error.name, error.message];
}
