import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "fs";
import { dirname, join } from "path";
import { codeCacheBundle, codeCacheVariable } from "./code-cache-variable";
import { EngineError } from "./engine-error";

/** Names the folder of bundles of the checkout that started the engine; `prepareHome` sets it. */
export const distVariable = "STRONGROOM_DIST";

/** A bundle of this project and who may start it. */
export interface Launcher {
  /** Absolute path of the executable. */
  readonly path: string;
  /** Folder of the bundles. */
  readonly distDir: string;
  /** File name of the bundle. */
  readonly bundle: string;
  /**
   * Whether several checkouts start it: each names its own folder by `STRONGROOM_DIST`, and gets the last writer's where
   * that does not hold the bundle.
   *
   * @default false
   */
  readonly shared?: boolean;
}

/**
 * Writes an executable that starts a bundle with this Node, unless it is there already; its compiled code is kept where
 * `code-cache.js` is beside it. All paths are absolute, because the engine starts plugins from any folder; a checkout that
 * moved writes its launchers anew.
 *
 * @throws EngineError `not-bundled` when the bundle was never built
 */
export function writeLauncher({ path, distDir, bundle, shared }: Launcher): void {
  const file = join(distDir, bundle);
  if (!existsSync(file)) {
    throw new EngineError("not-bundled", `${file} is missing: build the bundles with "npm run build".`);
  }
  const asked = shared ? `[ -f "$${distVariable}"/${quote(bundle)} ] && dist=$${distVariable}\n` : "";
  const text = `#!/bin/sh
dist=${quote(distDir)}
${asked}\
preload="$dist"/${codeCacheBundle}
[ -f "$preload" ] || preload=
export ${codeCacheVariable}="$dist"/${quote(`${bundle}.cache`)}
exec ${quote(process.execPath)} \${preload:+--require "$preload"} "$dist"/${quote(bundle)} "$@"
`;
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${process.pid}-${Date.now()}.launcher`);
  writeFileSync(temporary, text, { mode: 0o755 });
  renameSync(temporary, path);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
