import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PolicyEngine } from "../check/engine-run";
import { parseState, readState, StateResource } from "../check/exported-state";
import { Children } from "../children";
import { CommandFailure, CommandIo } from "../command-io";
import { previewedState } from "./previewed-state";

/** Where the resources come from: any number of stacks and of state files, taken together. */
export interface Sources {
  /** `NAME`, or `FOLDER=NAME` for a stack of another project. */
  readonly stack: readonly string[];
  readonly file: readonly string[];
  /** Folder of the project of stacks that name none. */
  readonly cwd: string;
  /** Configuration of the stacks for previews, where it is not in its usual place. */
  readonly configFile?: string;
}

/** What is deployed. @throws CommandFailure when a source is missing, or something else */
export async function deployed(sources: Sources, io: CommandIo): Promise<readonly StateResource[]> {
  requireSource(sources);
  const fromFiles = sources.file.flatMap((file) => readState(resolve(io.cwd, file), file).resources);
  const fromStacks = await withEngine(sources, io, async (engine) => {
    const states: StateResource[] = [];
    for (const stack of sources.stack) states.push(...(await exported(stack, sources, io, engine)));
    return states;
  });
  return [...fromFiles, ...fromStacks];
}

/** What is deployed, and what it would be after an update of every stack. */
export async function deployedAndPreviewed(
  sources: Sources,
  io: CommandIo,
): Promise<{
  readonly before: readonly StateResource[];
  readonly after: readonly StateResource[];
}> {
  const fromFiles = sources.file.flatMap((file) => readState(resolve(io.cwd, file), file).resources);
  const before = [...fromFiles];
  const after = [...fromFiles];
  await withEngine(sources, io, async (engine) => {
    for (const stack of sources.stack) {
      const state = await exported(stack, sources, io, engine);
      before.push(...state);
      after.push(
        ...previewedState(state, await preview(stack, sources, io, engine), `the preview of ${stack}`),
      );
    }
    return [];
  });
  return { before, after };
}

/** A file that `pulumi preview --json` wrote, over a state. */
export function withPreviewFile(
  state: readonly StateResource[],
  file: string,
  io: CommandIo,
): readonly StateResource[] {
  try {
    return previewedState(state, readFileSync(resolve(io.cwd, file), "utf8"), file);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`${file} cannot be read: ${(error as Error).message}`);
  }
}

/** @throws CommandFailure when nothing was named */
export function requireSource({ stack, file }: Pick<Sources, "stack" | "file">): void {
  if (stack.length === 0 && file.length === 0) {
    throw new CommandFailure("access: give --stack NAME, or --file with what `pulumi stack export` wrote");
  }
}

async function withEngine(
  { stack }: Sources,
  io: CommandIo,
  work: (engine: PolicyEngine) => Promise<readonly StateResource[]>,
): Promise<readonly StateResource[]> {
  if (stack.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "strongroom-access-"));
  const children = new Children();
  try {
    return await work(await PolicyEngine.find(io, folder, children));
  } finally {
    await children.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function exported(stack: string, sources: Sources, io: CommandIo, engine: PolicyEngine) {
  const { folder, name } = placeOf(stack, sources, io);
  const run = await engine.run(`export of ${name}`, folder, ["stack", "export", "--stack", name]);
  if (run.code !== 0) throw new CommandFailure(`pulumi stack export of ${name} failed\n${run.tail}`);
  return resourcesIn(run.stdout, name);
}

function resourcesIn(text: string, name: string): readonly StateResource[] {
  const { resources } = parseState(text, `the state of ${name}`);
  if (resources.length === 0) throw new CommandFailure(`stack ${name} has no resources: nothing is deployed`);
  return resources;
}

async function preview(
  stack: string,
  sources: Sources,
  io: CommandIo,
  engine: PolicyEngine,
): Promise<string> {
  const { folder, name } = placeOf(stack, sources, io);
  const config =
    sources.configFile === undefined ? [] : ["--config-file", resolve(io.cwd, sources.configFile)];
  const run = await engine.run(`preview of ${name}`, folder, [
    "preview",
    "--json",
    "--stack",
    name,
    ...config,
  ]);
  // A preview that a policy refuses ends with an error and is whole all the same.
  if (run.stdout.trim() === "") throw new CommandFailure(`pulumi preview of ${name} failed\n${run.tail}`);
  return run.stdout;
}

function placeOf(
  stack: string,
  { cwd }: Sources,
  io: CommandIo,
): { readonly folder: string; readonly name: string } {
  const cut = stack.indexOf("=");
  return cut === -1
    ? { folder: resolve(io.cwd, cwd), name: stack }
    : { folder: resolve(io.cwd, stack.slice(0, cut)), name: stack.slice(cut + 1) };
}
