import { createRequire } from "module";
import { join } from "path";

/**
 * The file of `name` as a program in `folder` would load it, so that it runs with its own version of `@pulumi/pulumi`.
 *
 * @throws Error saying what to install, when the program's packages are missing
 */
export function resolveFrom(folder: string, name: string): string {
  try {
    return createRequire(join(folder, "program.js")).resolve(name);
  } catch {
    throw new Error(`${name} is not to be found from ${folder}: run "npm install" there.`);
  }
}

/** The version of `@pulumi/pulumi` that a program in `folder` loads, or undefined. */
export function sdkVersion(folder: string): string | undefined {
  try {
    const load = createRequire(join(folder, "program.js"));
    return (load("@pulumi/pulumi/package.json") as { version: string }).version;
  } catch {
    return undefined;
  }
}
