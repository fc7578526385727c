import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Rule } from "../../policies/rule";
import { rules } from "../../policies/rules";
import { hiddenFindings, staleWaivers } from "../../policies/waivers/report-lines";
import { stackPrefix } from "../../policies/waivers/fingerprint";
import { PolicyEngine } from "../check/engine-run";
import { ExportedState, readState } from "../check/exported-state";
import { sieveOf } from "../check/sieve-of";
import { exportStack, packFolder } from "../check/source-runs";
import { Children } from "../children";
import { CommandFailure, CommandIo } from "../command-io";
import { writeOutput } from "../write-output";
import { controlsOf } from "./controls";
import { EvidenceOptions, frameworks, parseEvidenceOptions } from "./evidence-options";
import { Evidence, evidenceData, renderEvidence } from "./evidence-report";
import { judgeRules } from "./judge-rules";
import { readPolicyConfig } from "../policy-config";
import { judgedResources } from "./state-resources";

/**
 * `strongroom evidence`: an auditor's report on a deployed stack or an exported state. The rules run in this process over
 * the state, so that every verdict comes with its resources; values of secrets are never looked at.
 *
 * @returns 0 when the report was written, whatever it says, and 2 when it could not be made
 */
export async function evidenceCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const options = parseEvidenceOptions(args, io);
    if (options === undefined) return 0;
    const evidence = await evidenceOf(options, io);
    const text = options.json
      ? `${JSON.stringify(evidenceData(evidence), null, 2)}\n`
      : renderEvidence(evidence);
    if (options.output === undefined) io.out(text);
    else writeOutput(resolve(io.cwd, options.output), text);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    io.err(error.message);
    return 2;
  }
}

async function evidenceOf(options: EvidenceOptions, io: CommandIo): Promise<Evidence> {
  const now = new Date();
  const config = readPolicyConfig(options.policyConfig, io);
  const sieve = sieveOf(options, io, now);
  const { subject, state } = await stateOf(options, io);
  const verdicts = await judgeRules(rules, judgedResources(state), config, sieve);
  const report = sieve.takeReport(stackPrefix(state.resources[0]?.urn ?? ""));
  const name = frameworks[options.framework];
  return {
    framework: `${name} ${versionOf(name, rules)}`,
    subject,
    stateTime: state.time,
    at: now.toISOString(),
    packVersion: packVersion(packFolder(options.policyPack, io)),
    resources: state.resources.length,
    controls: controlsOf(name, verdicts),
    waivers: [...hiddenFindings(report), ...staleWaivers(report)],
  };
}

async function stateOf(
  options: EvidenceOptions,
  io: CommandIo,
): Promise<{ readonly subject: string; readonly state: ExportedState }> {
  if (options.file !== undefined) {
    const subject = `state file ${options.file}`;
    return { subject, state: readState(resolve(io.cwd, options.file), subject) };
  }
  const subject = `deployed state of ${options.stack ?? "the selected stack"}`;
  const folder = mkdtempSync(join(tmpdir(), "strongroom-evidence-"));
  const children = new Children();
  try {
    const engine = await PolicyEngine.find(io, folder, children);
    return { subject, state: readState(await exportStack(options, io, engine, folder), subject) };
  } finally {
    await children.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

function versionOf(framework: string, all: readonly Rule[]): string {
  const named = all.flatMap((rule) => rule.frameworks).find(({ name }) => name === framework);
  return named?.version ?? "";
}

function packVersion(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version?: string };
  return version ?? "unknown";
}
