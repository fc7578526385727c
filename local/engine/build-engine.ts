import { spawn } from "child_process";
import { randomBytes } from "crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "fs";
import { basename, dirname, join } from "path";
import { createInterface } from "readline";
import { checkoutFolder } from "./checkout";
import { EngineError } from "./engine-error";
import { pinnedVersion } from "./engine-version";

/** How to build one engine. */
export interface EngineBuild {
  /** Path of `go`. */
  readonly go: string;
  /** Where the engine will stand, as `bin/pulumi`; made whole or not at all. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (line: string) => void;
  /** Milliseconds between two lines of progress. @default 3000 */
  readonly progressEvery?: number;
}

const mainPackage = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";

/**
 * Builds the pinned Pulumi command line from Go modules, whose checksums are those of go.sum. It takes minutes at first
 * and seconds when Go's own cache knows the result.
 *
 * The work is done in a folder of its own that is renamed into place at the end, so that neither a kill nor a second
 * builder can leave half an engine behind.
 *
 * @throws EngineError `build-failed` with the last lines Go wrote
 */
export async function buildEngine(build: EngineBuild): Promise<void> {
  removeAbandoned(build.folder);
  const working = `${build.folder}.building-${process.pid}-${randomBytes(4).toString("hex")}`;
  mkdirSync(join(working, "bin"), { recursive: true });
  try {
    await runGo(build, join(working, "bin", "pulumi"));
    putInPlace(working, build.folder);
  } finally {
    rmSync(working, { recursive: true, force: true });
  }
}

async function runGo(build: EngineBuild, output: string): Promise<void> {
  const progress = new Progress(build.log);
  const go = spawn(build.go, goArguments(output), {
    cwd: join(checkoutFolder(), "local", "engine"),
    env: { ...build.env, GOFLAGS: "-mod=readonly", GOWORK: "off" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = () => void go.kill("SIGTERM");
  process.once("exit", stop);
  const timer = setInterval(() => progress.report(), build.progressEvery ?? 3000);
  createInterface(go.stderr).on("line", (line) => progress.read(line));
  progress.report();
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      go.on("error", reject);
      go.on("close", resolve);
    });
    if (code !== 0) {
      const cause = progress.lastLines.join("\n") || `go ended with code ${code}`;
      throw new EngineError(
        "build-failed",
        `Building Pulumi ${pinnedVersion} with ${build.go} failed:\n${cause}`,
      );
    }
    progress.report();
  } finally {
    clearInterval(timer);
    process.off("exit", stop);
  }
}

function goArguments(output: string): string[] {
  const version = `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion}`;
  const flags = ["-v", "-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", `-w -s ${version}`];
  return ["build", ...flags, "-o", output, mainPackage];
}

/** What `go build -v` says on its error stream, counted. */
class Progress {
  readonly lastLines: string[] = [];
  private modules = 0;
  private packages = 0;
  private readonly started = Date.now();

  constructor(private readonly log: (line: string) => void) {}

  read(line: string): void {
    if (line.startsWith("go: downloading ")) this.modules++;
    else if (/^[\w.~-]+(\/[\w.~-]+)*$/.test(line)) this.packages++;
    else this.lastLines.push(line);
    this.lastLines.splice(0, this.lastLines.length - 20);
  }

  report(): void {
    const seconds = Math.round((Date.now() - this.started) / 1000);
    this.log(
      `Building Pulumi ${pinnedVersion} (once, some minutes): ${this.modules} modules downloaded, ` +
        `${this.packages} packages compiled, ${seconds} s`,
    );
  }
}

function putInPlace(working: string, folder: string): void {
  try {
    renameSync(working, folder);
    return;
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
  // Another builder was first, and its engine may be in use by now.
  if (sizeOf(folder) === sizeOf(working)) return;
  // What stands there is broken.
  const old = `${working}-replaced`;
  try {
    renameSync(folder, old);
    renameSync(working, folder);
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

function sizeOf(folder: string): number | undefined {
  return statSync(join(folder, "bin", "pulumi"), { throwIfNoEntry: false })?.size;
}

/** Removes the working folders of builders that are no longer running. */
function removeAbandoned(folder: string): void {
  const parent = dirname(folder);
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const builder = name.startsWith(`${basename(folder)}.building-`) && /-(\d+)-[0-9a-f]+$/.exec(name)?.[1];
    if (builder && !isRunning(Number(builder))) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
