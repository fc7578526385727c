import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "fs";
import { dirname, join } from "path";
import { EngineError } from "./engine-error";

/**
 * Writes an executable that starts `bundle` with this Node, from its code cache where `run-cached.js` is beside it, unless it is
 * there already. All paths are absolute, because the engine starts plugins from any folder; a checkout that moved writes
 * its launchers anew.
 *
 * @throws EngineError `not-bundled` when the bundle was never built
 */
export function writeLauncher(path: string, bundle: string): void {
  if (!existsSync(bundle)) {
    throw new EngineError("not-bundled", `${bundle} is missing: build the bundles with "npm run build".`);
  }
  const cached = join(dirname(bundle), "run-cached.js");
  const command = [process.execPath, ...(existsSync(cached) ? [cached] : []), bundle].map(quote).join(" ");
  const text = `#!/bin/sh\nexec ${command} "$@"\n`;
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${process.pid}-${Date.now()}.launcher`);
  writeFileSync(temporary, text, { mode: 0o755 });
  renameSync(temporary, path);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
