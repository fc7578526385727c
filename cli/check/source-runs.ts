import { writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { CommandFailure, CommandIo } from "../command-io";
import { CheckOptions } from "./check-options";
import { EngineRun, PolicyEngine } from "./engine-run";
import { LoggedRun, readEventLog } from "./event-log";
import { ExportedState, readState } from "./exported-state";

/** What was judged and how it is called. */
export interface Judged {
  readonly subject: string;
  readonly run: LoggedRun;
  /** When the state was judged, not a preview. */
  readonly state?: ExportedState;
}

/** An event log that somebody else's preview has written. */
export async function judgeEventLog(file: string, io: CommandIo): Promise<Judged> {
  const name = `event log ${file}`;
  return { subject: name, run: whole(await readEventLog(resolve(io.cwd, file), name), name) };
}

/** A preview of the program, with the pack. */
export async function judgePreview(
  options: CheckOptions,
  io: CommandIo,
  engine: PolicyEngine,
  folder: string,
): Promise<Judged> {
  const cwd = resolve(io.cwd, options.cwd);
  const subject = `preview of ${options.stack ?? `the selected stack in ${basename(cwd)}`}`;
  const log = join(folder, "events");
  const args = ["preview", "--event-log", log, ...stackArgs(options), ...packArgs(options, io)];
  const result = await engine.run(subject, cwd, args);
  const run = await readEventLog(log, "the event log of the preview").catch(() => {
    throw new CommandFailure(`${subject} did not run to its end:\n${result.tail}`);
  });
  return { subject, run: whole(run, subject) };
}

/** What is deployed, from the stack or from a file that `pulumi stack export` wrote. */
export async function judgeState(
  options: CheckOptions,
  io: CommandIo,
  engine: PolicyEngine,
  folder: string,
): Promise<Judged> {
  const { file } = options;
  const subject =
    file === undefined ? `deployed state of ${options.stack ?? "the selected stack"}` : `state file ${file}`;
  const path = file === undefined ? await exportStack(options, io, engine, folder) : resolve(io.cwd, file);
  const state = readState(path, subject);
  const args = ["policy", "analyze", "--json", "--file", path, ...packArgs(options, io)];
  const result = await engine.run(`analysis of the ${subject}`, io.cwd, args);
  const run = await analysed(result, subject, folder);
  return { subject, run, state };
}

/** @returns the file, which holds secrets only as they are in the state: encrypted */
export async function exportStack(
  options: Pick<CheckOptions, "stack" | "cwd">,
  io: CommandIo,
  engine: PolicyEngine,
  folder: string,
): Promise<string> {
  const path = join(folder, "state.json");
  const name = options.stack ?? "the selected stack";
  const args = ["stack", "export", "--file", path, ...stackArgs(options)];
  const { code, tail } = await engine.run(`export of ${name}`, resolve(io.cwd, options.cwd), args);
  if (code !== 0) throw new CommandFailure(`the state of ${name} could not be exported:\n${tail}`);
  return path;
}

async function analysed(result: EngineRun, subject: string, folder: string): Promise<LoggedRun> {
  const log = join(folder, "analysis");
  const events = result.stdout.split("\n").filter((line) => line.startsWith("{"));
  writeFileSync(log, events.join("\n"), { mode: 0o600 });
  const run = await readEventLog(log, "the analysis").catch(() => {
    throw new CommandFailure(`the ${subject} could not be analysed:\n${result.tail}`);
  });
  return whole(run, subject);
}

/** @throws CommandFailure when the run had errors of its own: what came after them was not judged */
function whole(run: LoggedRun, subject: string): LoggedRun {
  const [first, ...others] = run.errors;
  if (first === undefined) return run;
  const more = others.length === 0 ? "" : `\n(and ${others.length} more)`;
  throw new CommandFailure(
    `${subject} failed, so not everything was judged:\n${first.slice(0, 2_000)}${more}`,
  );
}

function stackArgs({ stack }: Pick<CheckOptions, "stack">): readonly string[] {
  return stack === undefined ? [] : ["--stack", stack];
}

function packArgs({ policyPack, policyConfig }: CheckOptions, io: CommandIo): readonly string[] {
  const config = policyConfig === undefined ? [] : ["--policy-pack-config", resolve(io.cwd, policyConfig)];
  return ["--policy-pack", packFolder(policyPack, io), ...config];
}

/** Folder of the pack: the one that was named, or this project's. */
export function packFolder(policyPack: string | undefined, io: CommandIo): string {
  return policyPack === undefined ? join(io.root, "policies") : resolve(io.cwd, policyPack);
}
