import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
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
    supported: { "dynamic-import": !bundle.requireOnly },
    external: [...(bundle.external ?? [])],
    plugins: bundle.entry.startsWith("rotation-lambdas/handlers/") ? [driverStubs] : [],
    legalComments: "none",
    logLevel: "error",
    write: false,
  });
  outputFiles.forEach(replace);
}

/** A bundle that is as it was stays untouched. */
function replace({ path, contents }: OutputFile): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const isProgram = contents[0] === 0x23 && contents[1] === 0x21; // #!
  writeFileSync(path, contents, { mode: isProgram ? 0o755 : 0o644 });
}
