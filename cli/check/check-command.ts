import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rules } from "../../policies/rules";
import { renderBaseline } from "../../policies/waivers/baseline";
import { Sieve } from "../../policies/waivers/sieve";
import { Children } from "../children";
import { CommandFailure, CommandIo } from "../command-io";
import { writeOutput } from "../write-output";
import { CheckOptions, parseCheckOptions } from "./check-options";
import { PolicyEngine } from "./engine-run";
import { CheckResult, fails } from "./finding";
import { formats } from "./formats";
import { judge } from "./judge";
import { placesIn } from "./places";
import { sieveOf } from "./sieve-of";
import { Judged, judgeEventLog, judgePreview, judgeState } from "./source-runs";

/**
 * `strongroom check`: runs the preview or takes a log, a stack or a state, and writes the findings.
 *
 * @returns 0 without findings at or above the threshold, 1 with some, 2 when the check could not be made
 */
export async function checkCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const options = parseCheckOptions(args, io);
    if (options === undefined) return 0;
    const now = new Date();
    // Before the preview, which takes its time: a mistake in a file shows at once.
    const sieve = sieveOf(options, io, now);
    const judged = await judgedBy(options, io);
    const result = resultOf(judged, sieve, options, io, now);
    write(result, options, io);
    return fails(result, options.failOn) ? 1 : 0;
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    io.err(error.message);
    return 2;
  }
}

async function judgedBy(options: CheckOptions, io: CommandIo): Promise<Judged> {
  if (options.eventLog !== undefined) return judgeEventLog(options.eventLog, io);
  const folder = mkdtempSync(join(tmpdir(), "strongroom-check-"));
  const children = new Children();
  try {
    const engine = await PolicyEngine.find(io, folder, children);
    const fromState = options.file !== undefined || options.deployed;
    return await (fromState ? judgeState : judgePreview)(options, io, engine, folder);
  } finally {
    await children.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

function resultOf(
  judged: Judged,
  sieve: Sieve,
  options: CheckOptions,
  io: CommandIo,
  now: Date,
): CheckResult {
  const { subject, run, state } = judged;
  const resources = state?.resources.length ?? (run.urns.size > 0 ? run.urns.size : undefined);
  const urn = state?.resources[0]?.urn;
  return judge(run, {
    subject,
    at: now.toISOString(),
    rules,
    sieve,
    ...(urn === undefined ? {} : { urn }),
    ...(resources === undefined ? {} : { resources }),
    ...placesIn(resolve(io.cwd, options.cwd), state),
  });
}

function write(result: CheckResult, options: CheckOptions, io: CommandIo): void {
  for (const { format, file } of options.outputs) {
    const colour = file === undefined && io.colour;
    const text = formats[format].render(result, { rules, colour });
    if (file === undefined) io.out(text);
    else writeOutput(resolve(io.cwd, file), text);
  }
  if (options.writeBaseline === undefined) return;
  const kept = result.findings.filter(({ hidden, rule }) => hidden?.by !== "waiver" && isOfThePack(rule));
  writeOutput(resolve(io.cwd, options.writeBaseline), renderBaseline(kept));
}

function isOfThePack(id: string): boolean {
  return rules.some((rule) => rule.id === id);
}
