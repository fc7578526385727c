import { sshKeyPairSubjects } from "../../../../rotation-proof/subjects/ssh-key-pair";
import { conforms } from "../../../support/engine-conformance";

describe("rotation of SSH key pairs", () => {
  for (const subject of sshKeyPairSubjects) conforms(subject, ["privateKey"]);
});
