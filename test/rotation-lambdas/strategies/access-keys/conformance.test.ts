import { iamAccessKeySubjects } from "../../../../rotation-proof/subjects/iam-access-key";
import { conforms } from "../../../support/engine-conformance";

describe("rotation of IAM access keys", () => {
  for (const subject of iamAccessKeySubjects) conforms(subject, ["secretAccessKey"]);
});
