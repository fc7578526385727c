import { strict as assert } from "assert";
import { proveSubject } from "../../rotation-proof/prove";
import { otherMajors } from "../../rotation-proof/servers/postgres-majors";
import { postgresMajorSubjects } from "../../rotation-proof/subjects/postgres-majors";

/** A part of the proof on each older major version; each differs in what CREATEROLE and a membership may do. */
describe("rotation of older versions of PostgreSQL", function () {
  this.timeout(240_000);
  for (const major of otherMajors) {
    for (const subject of postgresMajorSubjects(major)) {
      it(`PostgreSQL ${major} with ${subject.strategy}`, async function () {
        const options = { sampling: { every: 61 }, only: ["F10/F11 first"] };
        const report = await proveSubject(subject, options);
        if (report.isSkipped) return this.skip();
        assert.match(report.testedAgainst, new RegExp(`^PostgreSQL ${major}\\.`));
        assert.deepEqual(
          report.cells.flatMap(({ violations }) => violations),
          [],
        );
        assert.ok(report.cells.every(({ points }) => points > 0) && report.cells.length === 1);
      });
    }
  }
});
