import { strict as assert } from "assert";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { interruptEverywhere, Proof } from "../../rotation-proof/enumerate";
import { faults } from "../../rotation-proof/faults";
import { loginLoop } from "../../rotation-proof/login-loop";
import { ProofCloud } from "../../rotation-proof/proof-cloud";
import { ProofPostgres, startProofPostgres } from "../../rotation-proof/servers/postgres";
import { Subject, SubjectServer } from "../../rotation-proof/subject";
import { postgresSubject } from "../../rotation-proof/subjects/postgres";
import { Defect, defects, withDefect } from "./defects";

const strategies = {
  "single-user": singleUser,
  "alternating-users": alternatingUsers,
} as const;

/** A part of what `npm run prove:rotation` does, on PostgreSQL. */
describe("the rotation proof", function () {
  this.timeout(120_000);
  let postgres: ProofPostgres;
  let cloud: ProofCloud;
  let cases = 0;
  const servers = new Map<string, SubjectServer>();
  const subjects = new Map<string, Subject>();

  before(async () => {
    postgres = await startProofPostgres();
    cloud = await ProofCloud.start();
    for (const [name, make] of Object.entries(strategies)) {
      const subject = postgresSubject(name as keyof typeof strategies, make, async () => ({
        ...postgres,
        stop: async () => undefined,
      }));
      subjects.set(name, subject);
      servers.set(name, await subject.start());
    }
  });
  after(async () => {
    for (const server of servers.values()) await server.stop();
    await cloud.stop();
    await postgres.stop();
  });

  function proofOf(strategy: string, defect?: Defect): Proof {
    const server = servers.get(strategy)!;
    const broken = defect && withDefect(server, defect, postgres.sql);
    const nextName = () => `sample_${++cases}`;
    return { subject: subjects.get(strategy)!, server: broken ?? server, cloud, nextName };
  }

  for (const strategy of Object.keys(strategies)) {
    describe(`of PostgreSQL with ${strategy}`, () => {
      it("finds nothing when calls are interrupted", async () => {
        const sampling = strategy === "single-user" ? { every: 3 } : { every: 11 };
        const { points, violations } = await interruptEverywhere(proofOf(strategy), {}, sampling);
        assert.deepEqual(violations, []);
        assert.ok(points >= 50, `${points} points`);
      });

      for (const fault of faults.filter(({ id }) =>
        ["F2", "F3", "F7", "F8", "F12", "F12d", "F27", "F36"].includes(id),
      )) {
        it(`finds nothing when ${fault.title} (${fault.id})`, async () => {
          const tally = await fault.run(proofOf(strategy));
          assert.deepEqual(tally?.violations, []);
        });
      }

      it("finds no refusal in rotations under an application that logs in all the time", async () => {
        const { violations, logins } = await loginLoop(proofOf(strategy), 5);
        assert.deepEqual(violations, []);
        assert.ok(logins >= 5, `${logins} logins`);
      });
    });
  }

  const seen: Record<keyof typeof defects, { strategy: string; at: readonly string[] }> = {
    promotesBeforeItSets: { strategy: "single-user", at: ["reachable"] },
    swallowsErrors: { strategy: "single-user", at: ["agreement"] },
    writesThePassword: { strategy: "single-user", at: ["nothing leaked"] },
    leavesAUser: { strategy: "single-user", at: ["no orphan"] },
    forgetsRights: { strategy: "alternating-users", at: ["equal rights"] },
  };
  for (const [name, { strategy, at }] of Object.entries(seen)) {
    it(`sees a strategy that ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`, async () => {
      const defect = defects[name as keyof typeof defects];
      const sampling = { every: 2, kinds: ["break-before"] } as const;
      const { violations } = await interruptEverywhere(proofOf(strategy, defect), {}, sampling);
      const found = new Set<string>(violations.map(({ invariant }) => invariant));
      assert.deepEqual(
        at.filter((invariant) => !found.has(invariant)),
        [],
        `found only ${[...found].join(", ")}`,
      );
    });
  }
});
