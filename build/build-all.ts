import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build, OutputFile } from "esbuild";
import { Bundle, bundles } from "./bundles";
import { driverStubs } from "./driver-stubs";

const root = join(__dirname, "..");

/** Writes every bundle that has changed. About a second; safe to run again at any time. */
export async function buildAll(): Promise<void> {
  await Promise.all(
    bundles(root)
      .filter((bundle) => existsSync(join(root, bundle.entry)))
      .map(write),
  );
}

async function write(bundle: Bundle): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    minify: bundle.minify ?? false,
    external: [...(bundle.external ?? [])],
    plugins: bundle.entry.startsWith("rotation-lambdas/handlers/") ? [driverStubs] : [],
    legalComments: "none",
    logLevel: "error",
    write: false,
  });
  outputFiles.forEach(replace);
}

/** A bundle that is as it was stays untouched, so that its code cache stays good; a new one takes the old caches away. */
function replace({ path, contents }: OutputFile): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const caches = readdirSync(folder).filter(
    (name) => name.startsWith(`${basename(path)}.`) && name.endsWith(".cache"),
  );
  for (const name of caches) rmSync(join(folder, name), { force: true });
  const isProgram = contents[0] === 0x23 && contents[1] === 0x21; // #!
  writeFileSync(path, contents, { mode: isProgram ? 0o755 : 0o644 });
}
