import { readFileSync } from "node:fs";
import { join } from "node:path";
import { executeCounterexample } from "./counterexample";
import { STACK } from "./deploy";
import { findingLines, LoggedFinding } from "./finding-lines";
import { Platform } from "./platform";

/** Rules that the change of `examples/refused-change` breaks. */
const EXPECTED = ["secret-policy-not-public", "secret-rotation-configured", "secret-readers-declared"];

/**
 * A preview of the environment with a bad change has to fail with the rules' findings, the call that the proof has against
 * it has to succeed where the change was made, and the preview of the environment as it is has to pass.
 */
export async function refuse(platform: Platform): Promise<void> {
  const { report, pulumi, root, folder } = platform;
  const pack = join(root, "policies");
  const eventLog = join(folder, "refused-change.events.json");
  await report.step(
    { name: "refused change", remedy: "the policy pack let a public secret through" },
    async () => {
      const args = ["preview", "--stack", STACK, "--policy-pack", pack, "--event-log", eventLog];
      const { code, output } = await pulumi.run(join(root, "examples/refused-change"), args);
      const findings = mandatoryFindings(eventLog);
      const missing = EXPECTED.filter((rule) => !findings.some((finding) => finding.policyName === rule));
      if (code === 0 || missing.length > 0) {
        throw new Error(
          `preview ended with ${code}, without findings of ${missing.join(", ") || "none"}\n${output.trim().slice(-2000)}`,
        );
      }
      const evidence = [
        `preview refused with ${findings.length} mandatory findings`,
        ...findingLines(findings),
      ];
      return { value: undefined, evidence: evidence.join("\n") };
    },
  );
  await report.step(
    { name: "counterexample", remedy: "the access proof and the local cloud do not agree: read the cause" },
    async () => ({ value: undefined, evidence: await executeCounterexample(platform, eventLog) }),
  );
  await report.step(
    { name: "accepted environment", remedy: "the deployed environment breaks a rule" },
    async () => {
      await pulumi.must(root, ["preview", "--stack", STACK, "--policy-pack", pack, "--expect-no-changes"]);
      return { value: undefined, evidence: "preview of the environment as it is: no findings, no changes" };
    },
  );
}

function mandatoryFindings(eventLog: string): readonly LoggedFinding[] {
  const events = readFileSync(eventLog, "utf8").trim().split("\n");
  return events
    .map((line) => JSON.parse(line) as { policyEvent?: LoggedFinding })
    .flatMap(({ policyEvent }) => policyEvent ?? [])
    .filter(({ enforcementLevel }) => enforcementLevel === "mandatory");
}
