import { mongoSubjects } from "../../../../rotation-proof/subjects/mongodb";
import { conforms } from "../../../support/engine-conformance";

describe("rotation of MongoDB", () => {
  for (const subject of mongoSubjects) conforms(subject);
});
