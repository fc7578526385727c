import { strict as assert } from "assert";
import { CommandFailure } from "../../../cli/command-io";
import { explainFailure } from "../../../cli/rotation/explain-failure";

const failure = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more });
const $metadata = { httpStatusCode: 400 };
const advice = "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";

describe("what an operator can do something about", () => {
  const cases: Readonly<Record<string, readonly [Error, string]>> = {
    "the command's own refusals": [
      new CommandFailure("give --region\n(or set it)\n"),
      "give --region (or set it)",
    ],
    "no credentials": [
      failure("CredentialsProviderError", "Could not load credentials from any providers"),
      `no credentials (Could not load credentials from any providers): ${advice}`,
    ],
    "no connection": [
      failure("Error", "connect ECONNREFUSED 127.0.0.1:9", { code: "ECONNREFUSED", $metadata }),
      "AWS cannot be reached: connect ECONNREFUSED 127.0.0.1:9",
    ],
    "no connection to any of several addresses": [
      failure("AggregateError", "", { code: "ECONNREFUSED" }),
      "AWS cannot be reached: ECONNREFUSED",
    ],
    "no answer in time": [failure("TimeoutError", "socket timeout"), "AWS cannot be reached: socket timeout"],
    "a refusal of AWS": [
      failure("AccessDeniedException", "User is not authorized\nto perform it", { $metadata }),
      "AccessDeniedException: User is not authorized to perform it",
    ],
    "a failure with a code": [
      failure("Error", "unable to get issuer certificate", { code: "UNABLE_TO_GET_ISSUER_CERT" }),
      "Error: unable to get issuer certificate",
    ],
  };
  for (const [what, [error, expected]] of Object.entries(cases)) {
    it(`is said in one line: ${what}`, () => assert.equal(explainFailure(error), expected));
  }

  it("is not a defect", () => {
    const defect = new TypeError("undefined is not a function");
    assert.throws(
      () => explainFailure(defect),
      (error) => error === defect,
    );
  });
});
