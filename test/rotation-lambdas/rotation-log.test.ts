import { strict as assert } from "assert";
import { existsSync, readdirSync, readFileSync } from "fs";
import { join } from "path";
import { rotationErrorCodes } from "../../rotation-lambdas/rotation-error";
import { renderReport, runbookOf } from "../../rotation-lambdas/rotation-log";

const root = join(__dirname, "../..");
const codes = [...rotationErrorCodes, "internal"] as const;
const event = { Step: "setSecret", SecretId: "arn", ClientRequestToken: "token" } as const;

describe("the log line of a failed step", () => {
  for (const code of codes) {
    it(`names the page of ${code}, which is there`, () => {
      const report = { event, strategy: "single-user", durationMs: 12, code, message: "m", refusedLogins: 2 };
      const { _aws, ...line } = JSON.parse(renderReport(report, 1700000000000));
      assert.equal(_aws.Timestamp, 1700000000000);
      assert.deepEqual(line, {
        ...{
          level: "error",
          Step: "setSecret",
          SecretArn: "arn",
          versionId: "token",
          strategy: "single-user",
        },
        ...{ Duration: 12, Failures: 1, RefusedLogins: 2, Outcome: code, code, message: "m" },
        runbook: `docs/runbooks/${code}.md`,
      });
      assert.ok(existsSync(join(root, line.runbook)), line.runbook);
      const page = readFileSync(join(root, line.runbook), "utf8");
      assert.match(page, new RegExp(`^# .+ \\(\`${code}\`\\)\n`));
      assert.ok(page.includes("## What to do"));
    });
  }

  it("has no page for a code that does not exist", () => {
    const pages = readdirSync(join(root, "docs/runbooks")).filter((file) => file.endsWith(".md"));
    assert.deepEqual(pages.sort(), codes.map((code) => runbookOf(code).split("/").pop()!).sort());
  });
});
