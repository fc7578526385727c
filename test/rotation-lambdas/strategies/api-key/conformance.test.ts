import { apiKeySubjects } from "../../../../rotation-proof/subjects/api-key";
import { conforms } from "../../../support/engine-conformance";

describe("rotation of HTTP API keys", () => {
  for (const subject of apiKeySubjects) conforms(subject, ["apiKey"]);
});
