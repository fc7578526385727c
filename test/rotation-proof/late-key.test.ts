import { strict as assert } from "assert";
import { Proof } from "../../rotation-proof/enumerate";
import { lateKeyFaults } from "../../rotation-proof/faults/late-key";
import { ProofCloud } from "../../rotation-proof/proof-cloud";
import { Subject, SubjectServer } from "../../rotation-proof/subject";
import { apiKeySubjects } from "../../rotation-proof/subjects/api-key";
import { iamAccessKeySubjects } from "../../rotation-proof/subjects/iam-access-key";

/** The same, whose function cannot list the keys. */
function blind(server: SubjectServer): SubjectServer {
  return {
    ...server,
    async newCase(name, options) {
      const whole = await server.newCase(name, options);
      const { list: _, ...apiKey } = whole.settings.apiKey!;
      return { ...whole, settings: { ...whole.settings, apiKey } };
    },
  };
}

describe("a key that is made when the rotation has ended", function () {
  this.timeout(120_000);
  let cloud: ProofCloud;
  let cases = 0;
  before(async () => void (cloud = await ProofCloud.start()));
  after(() => cloud.stop());

  async function tallyOf(subject: Subject, change: (server: SubjectServer) => SubjectServer) {
    const server = await subject.start();
    const proof: Proof = { subject, server: change(server), cloud, nextName: () => `late_${++cases}` };
    try {
      return (await lateKeyFaults[0]!.run(proof))!;
    } finally {
      await server.stop();
    }
  }

  // First rotation: one is made. Second: one is removed, one made. First value of an empty secret: one is made.
  const changes = { "iam-access-key": 4, "http-api-key": 3 };
  for (const subject of [...iamAccessKeySubjects, ...apiKeySubjects]) {
    it(`is gone after the next: ${subject.engine}`, async () => {
      const expected = { points: changes[subject.engine as keyof typeof changes], violations: [] };
      assert.deepEqual(await tallyOf(subject, (same) => same), expected);
    });
  }

  it("is seen when it stays", async () => {
    const { violations } = await tallyOf(apiKeySubjects[0]!, blind);
    const places = violations.filter(({ invariant }) => invariant === "no orphan").map(({ where }) => where);
    assert.equal(places.length, 2);
    for (const where of places) assert.match(where, /POST \/v1\/keys.*at the end of the next rotation/);
  });
});
