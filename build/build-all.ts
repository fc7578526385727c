import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { Bundle, bundles } from "./bundles";

const root = join(__dirname, "..");

/** Writes every bundle. About a second; safe to run again at any time. */
export async function buildAll(): Promise<void> {
  await Promise.all(
    bundles(root)
      .filter((bundle) => existsSync(join(root, bundle.entry)))
      .map(write),
  );
}

async function write(bundle: Bundle): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    minify: bundle.minify ?? false,
    external: [...(bundle.external ?? [])],
    legalComments: "none",
    logLevel: "error",
  });
}
