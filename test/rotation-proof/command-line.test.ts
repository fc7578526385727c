import { strict as assert } from "assert";
import { parsedRun, WrongUsage } from "../../rotation-proof/command-line";
import { subjects } from "../../rotation-proof/subjects";

describe("the command line of the rotation proof", () => {
  const known = subjects;

  it("proves every call of all subjects without arguments", () => {
    const { processes, ...run } = parsedRun([], known);
    assert.deepEqual(run, { every: 1, isResumed: false, subjects: known });
    assert.ok(processes >= 1);
  });

  it("takes subjects by engine and by name, cells, a step, processes and the run before", () => {
    const args = ["--every", "7", "--cells", "F12, login", "--processes", "3", "--resume"];
    const run = parsedRun([...args, "redis/single-user", "openldap"], known);
    const { subjects: chosen, ...rest } = run;
    assert.deepEqual(rest, { every: 7, only: ["F12", "login"], processes: 3, isResumed: true });
    assert.deepEqual(
      chosen.map(({ engine, strategy }) => `${engine}/${strategy}`),
      ["redis/single-user", "openldap/single-user", "openldap/dual-password", "openldap/superuser-managed"],
    );
  });

  const wrong: Readonly<Record<string, { args: string[]; message: RegExp }>> = {
    "a step of nothing": { args: ["--every", "0"], message: /^--every takes a whole number from 1, not "0"/ },
    "a step that is no number": { args: ["--every", "two"], message: /not "two"/ },
    "no processes": { args: ["--processes", "-1"], message: /processes/ },
    "an unknown cell": { args: ["--cells", "F12,F99"], message: /^no cell is named "F99"; known: F10/ },
    "a part of a cell's name": { args: ["--cells", "F1"], message: /^no cell is named "F1"/ },
    "an unknown subject": { args: ["redis", "db2"], message: /^no subject is named "db2"; known: postgres/ },
    "an unknown option": { args: ["--fast"], message: /^Unknown option '--fast'/ },
  };
  for (const [what, { args, message }] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      const isClear = (error: Error) =>
        error instanceof WrongUsage && message.test(error.message) && /\nusage: /.test(error.message);
      assert.throws(() => parsedRun(args, known), isClear);
    });
  }
});
