import { strict as assert } from "assert";
import { interruptEverywhere, Proof } from "../../rotation-proof/enumerate";
import { faults } from "../../rotation-proof/faults";
import { ProofCloud } from "../../rotation-proof/proof-cloud";
import { SubjectServer, Unavailable } from "../../rotation-proof/subject";
import { subjects } from "../../rotation-proof/subjects";

/** What is tried on each engine here; `npm run prove:rotation` tries all of it. PostgreSQL has a test of its own. */
const tried = ["F8", "F12"];

for (const subject of subjects.filter(({ engine }) => engine !== "postgres")) {
  describe(`the rotation proof of ${subject.engine} with ${subject.strategy}`, function () {
    this.timeout(120_000);
    let server: SubjectServer | undefined;
    let cloud: ProofCloud | undefined;
    let proof: Proof;

    before(async function () {
      try {
        server = await subject.start();
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        console.log(`      not run: ${error.message}`);
        return this.skip();
      }
      cloud = await ProofCloud.start();
      let cases = 0;
      proof = { subject, server, cloud, nextName: () => `sample_${++cases}` };
    });
    after(async () => {
      await cloud?.stop();
      await server?.stop();
    });

    it("finds nothing when calls are interrupted", async () => {
      const { points, violations } = await interruptEverywhere(
        proof,
        {},
        { every: 11, kinds: ["stop-after"] },
      );
      assert.deepEqual(violations, []);
      assert.ok(points >= 5, `${points} points`);
    });

    for (const fault of faults.filter(({ id }) => tried.includes(id))) {
      it(`finds nothing when ${fault.title} (${fault.id})`, async () => {
        assert.deepEqual((await fault.run(proof))?.violations ?? [], []);
      });
    }
  });
}
