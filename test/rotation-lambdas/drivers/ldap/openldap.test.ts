import { openLdapSubjects } from "../../../../rotation-proof/subjects/openldap";
import { conforms } from "../../../support/engine-conformance";

describe("rotation of OpenLDAP", () => {
  for (const subject of openLdapSubjects) conforms(subject);
});
