import { elastiCacheSubjects } from "../../../../rotation-proof/subjects/elasticache";
import { conforms } from "../../../support/engine-conformance";

describe("rotation of ElastiCache users", () => {
  for (const subject of elastiCacheSubjects) conforms(subject);
});
