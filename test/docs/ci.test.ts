import { strict as assert } from "assert";
import { readFileSync } from "fs";
import { join } from "path";
import { parse } from "yaml";
import { parseCheckOptions } from "../../cli/check/check-options";
import { markdownMark } from "../../cli/check/formats/markdown";
import { recordedIo } from "../support/command-io";

const folder = join(__dirname, "../../docs/ci");
const read = (file: string) => readFileSync(join(folder, file), "utf8");

/** The arguments of each `strongroom check` in a text, its lines joined. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const joined = text.replace(/\\\n\s*/g, " ").replace(/\n\s+--/g, " --");
  return [...joined.matchAll(/(?:dist\/cli\.js|strongroom) check (--\w[^\n#|`]*)/g)].map(([, words]) =>
    words!
      .replace(/"\$STACK"/g, "dev")
      .trim()
      .split(/\s+/),
  );
}

describe("docs/ci", () => {
  for (const [file, commands] of [
    ["github-actions.yml", 1],
    ["gitlab-ci.yml", 1],
    ["README.md", 6],
  ] as const) {
    it(`${file} asks strongroom check for what it can do`, () => {
      const found = commandsIn(read(file));
      assert.equal(found.length, commands);
      for (const args of found)
        assert.ok(parseCheckOptions(args, recordedIo(folder)) !== undefined, args.join(" "));
    });
  }

  it("finds the earlier comment by its first line", () => {
    for (const file of ["github-actions.yml", "gitlab-ci.yml"])
      assert.ok(read(file).includes(markdownMark), file);
  });

  it("writes what it uploads, and ends with the check's own exit code", () => {
    const { jobs } = parse(read("github-actions.yml")) as {
      readonly jobs: {
        readonly check: {
          readonly steps: readonly {
            readonly name?: string;
            readonly run?: string;
            readonly with?: { readonly sarif_file?: string };
          }[];
        };
      };
    };
    const [args = []] = commandsIn(read("github-actions.yml"));
    const alerts = jobs.check.steps.find(({ name }) => name === "Alerts")!;
    assert.ok(args.includes(alerts.with!.sarif_file!));
    assert.equal(jobs.check.steps.at(-1)!.run, "exit ${{ steps.check.outputs.code }}");
    const gitlab = parse(read("gitlab-ci.yml")) as {
      readonly "strongroom-check": {
        readonly script: readonly string[];
        readonly artifacts: { readonly reports: { readonly junit: string } };
      };
    };
    const job = gitlab["strongroom-check"];
    assert.ok(job.script.join(" ").includes(job.artifacts.reports.junit));
    assert.equal(job.script.at(-1), "exit $code");
  });
});
