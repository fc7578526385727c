import { redisSubjects } from "../../../../rotation-proof/subjects/redis";
import { conforms } from "../../../support/engine-conformance";

describe("rotation of Redis", () => {
  for (const subject of redisSubjects) conforms(subject);
});
