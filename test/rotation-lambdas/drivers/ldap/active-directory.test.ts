import { activeDirectorySubjects } from "../../../../rotation-proof/subjects/active-directory";
import { conforms } from "../../../support/engine-conformance";

describe("rotation of Active Directory", () => {
  for (const subject of activeDirectorySubjects) conforms(subject);
});
