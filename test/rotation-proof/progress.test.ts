import { strict as assert } from "assert";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { expectedSeconds } from "../../rotation-proof/expected-time";
import { FinishedSubjects } from "../../rotation-proof/finished-subjects";
import { Progress } from "../../rotation-proof/progress";
import { SubjectReport } from "../../rotation-proof/prove";
import { subjects } from "../../rotation-proof/subjects";

const [first, second, third] = subjects;

function report(points: number, isBroken = false): SubjectReport {
  const violations = isBroken ? [{ invariant: "ends", where: "there", what: "that" } as const] : [];
  const cells = [{ name: "F5", title: "throttled", points, violations }];
  const { engine, strategy } = first!;
  return { engine, strategy, testedAgainst: "a server", isSkipped: false, cells };
}

describe("the progress of the rotation proof", () => {
  it("tells what is done, where it is, and how long is left by what it took so far", () => {
    let now = 0;
    const expected = new Map([
      [first!, 60],
      [second!, 60],
      [third!, 240],
    ]);
    const progress = new Progress(expected, 1, () => now);
    assert.equal(progress.line(), "0 of 3 subjects, 0 points, 0 violations, 0 min gone, about 6 min left");
    for (const subject of [first!, second!]) {
      for (const cell of report(10, subject === second).cells) progress.cell(cell);
      progress.at(subject, "after F5");
      progress.finish(subject, report(10));
    }
    now = 240_000;
    progress.at(third!, "F8");
    assert.equal(
      progress.line(),
      "2 of 3 subjects, 20 points, 1 violations, 4 min gone, about 8 min left; now postgres/superuser-managed: F8",
    );
  });

  it("expects a rotation of two users to take longest, and a part of the calls less", () => {
    const seconds = new Map(
      subjects.map((subject) => [
        `${subject.engine}/${subject.strategy}`,
        expectedSeconds(subject, { every: 1 }),
      ]),
    );
    const longest = [...seconds].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    assert.deepEqual(longest.slice(0, 2), ["mysql/alternating-users", "mariadb/alternating-users"]);
    assert.ok(expectedSeconds(first!, { every: 10 }) < seconds.get("postgres/single-user")! / 2);
  });
});

describe("the subjects that a run has finished", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "strongroom-test-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const run = { every: 1, isResumed: true };

  it("are there for a run with the same options only, without those that were broken or not run", () => {
    const file = join(folder, "finished.json");
    const finished = new FinishedSubjects({ ...run, isResumed: false }, file);
    finished.add(report(5, true));
    finished.add({ ...report(0), isSkipped: true });
    finished.add(report(7));
    assert.deepEqual(new FinishedSubjects(run, file).all(), [report(7)]);
    assert.deepEqual(new FinishedSubjects({ ...run, every: 2 }, file).all(), []);
    assert.deepEqual(new FinishedSubjects({ ...run, only: ["F5"] }, file).all(), []);
    assert.deepEqual(new FinishedSubjects({ ...run, isResumed: false }, file).all(), []);
    assert.deepEqual(new FinishedSubjects(run, file, "other sources").all(), []);
  });

  it("are none when there was no run, or its file was cut short", () => {
    const file = join(folder, "cut.json");
    assert.deepEqual(new FinishedSubjects(run, file).all(), []);
    writeFileSync(file, '{"key": "');
    assert.deepEqual(new FinishedSubjects(run, file).all(), []);
  });
});
