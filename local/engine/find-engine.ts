import { execFile } from "child_process";
import { accessSync, constants, realpathSync } from "fs";
import { homedir } from "os";
import { delimiter, dirname, join } from "path";
import { promisify } from "util";
import { buildEngine } from "./build-engine";
import { checkoutFolder } from "./checkout";
import { EngineError } from "./engine-error";
import { findVersion, isAtLeast, minimumGoVersion, minimumVersion, pinnedVersion } from "./engine-version";
import { writeLauncher } from "./launcher";

/** A Pulumi command line that is ready to run programs and policy packs. */
export interface Engine {
  /** Absolute path of the executable. */
  readonly pulumi: string;
  /** Such as `3.259.0`. */
  readonly version: string;
  /** The user's own installation, one built by an earlier start, or one built just now. */
  readonly source: "path" | "cache" | "built";
}

/** Where to look for an engine and where to keep the one that is built. */
export interface EngineOptions {
  /** Takes one line at a time; while the engine is being built there is a line every few seconds. */
  readonly log: (line: string) => void;
  /** @default `$XDG_CACHE_HOME/strongroom/engine`, or `~/.cache/strongroom/engine` */
  readonly cacheDir?: string;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Folder of the bundle `pulumi-language-nodejs.js`. @default `dist` of the checkout */
  readonly distDir?: string;
}

/**
 * Finds the Pulumi command line, or builds it: first a `pulumi` on `PATH` of at least version 3.229.0, then the one in the
 * cache folder, then a new one with Go. A built one gets our language host beside it, which each checkout
 * has start its own; an installed one brings its own.
 *
 * @throws EngineError with one sentence saying what to install or do
 */
export async function ensureEngine(options: EngineOptions): Promise<Engine> {
  const env = options.env ?? process.env;
  const installed = await findInstalled(env, options.log);
  if (installed) return installed;

  const folder = join(options.cacheDir ?? defaultCacheFolder(env), pinnedVersion);
  const pulumi = join(folder, "bin", "pulumi");
  const install = () =>
    writeLauncher({
      path: join(folder, "bin", "pulumi-language-nodejs"),
      distDir: options.distDir ?? join(checkoutFolder(), "dist"),
      bundle: "pulumi-language-nodejs.js",
      shared: true,
    });
  if ((await versionOf(pulumi, env)) === pinnedVersion) {
    install();
    return { pulumi, version: pinnedVersion, source: "cache" };
  }
  await buildEngine({ go: await findGo(env), folder, env, log: options.log });
  install();
  return { pulumi, version: pinnedVersion, source: "built" };
}

async function findInstalled(env: NodeJS.ProcessEnv, log: EngineOptions["log"]): Promise<Engine | undefined> {
  const pulumi = findOnPath("pulumi", env);
  if (pulumi === undefined) return undefined;
  const version = await versionOf(pulumi, env);
  if (version === undefined || !isAtLeast(version, minimumVersion)) {
    log(`${pulumi} is version ${version ?? "unknown"}, older than ${minimumVersion}: not used.`);
    return undefined;
  }
  if (!hasLanguageHost(pulumi, env)) {
    log(`${pulumi} has no pulumi-language-nodejs beside it or on PATH: not used.`);
    return undefined;
  }
  return { pulumi, version, source: "path" };
}

/** The engine itself looks in the same two places. */
function hasLanguageHost(pulumi: string, env: NodeJS.ProcessEnv): boolean {
  return (
    findOnPath("pulumi-language-nodejs", env) !== undefined ||
    isExecutable(join(dirname(realpathSync(pulumi)), "pulumi-language-nodejs"))
  );
}

async function findGo(env: NodeJS.ProcessEnv): Promise<string> {
  const wanted = `Install Pulumi ${minimumVersion} or later, or Go ${minimumGoVersion} or later to have it built`;
  const go = findOnPath("go", env);
  if (go === undefined) {
    throw new EngineError(
      "nothing-installed",
      `There is neither Pulumi nor Go on PATH: ${decapitalize(wanted)}.`,
    );
  }
  const { stdout } = await promisify(execFile)(go, ["version"], { env });
  const version = findVersion(stdout);
  if (version === undefined || !isAtLeast(version, minimumGoVersion)) {
    throw new EngineError("go-too-old", `${go} is version ${version ?? "unknown"}. ${wanted}.`);
  }
  return go;
}

function decapitalize(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

async function versionOf(pulumi: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { stdout } = await promisify(execFile)(pulumi, ["version"], { env: quiet, timeout: 30_000 });
    return findVersion(stdout);
  } catch {
    // Missing, cut short by a full disk or built for another machine: all the same, it cannot be used.
    return undefined;
  }
}

function findOnPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function defaultCacheFolder(env: NodeJS.ProcessEnv): string {
  const cache = env["XDG_CACHE_HOME"] || join(env["HOME"] || homedir(), ".cache");
  return join(cache, "strongroom", "engine");
}
