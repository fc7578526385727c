import { execFileSync, spawnSync } from "child_process";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "fs";
import { homedir } from "os";
import * as path from "path";
import { Unavailable } from "../subject";

/** The last version with a SQLite back end; Apache-2.0. */
export const ferretVersion = "v1.24.0";

const moduleName = "github.com/FerretDB/FerretDB";

/**
 * The program, built once into the user's cache in about two minutes. `go install` fails for this module, which reads
 * its version from a file that only a checkout has.
 *
 * @throws Unavailable without Go or when the build fails, as without a network
 */
export function ferretProgram(): string {
  const folder = path.join(homedir(), ".cache/strongroom/ferretdb");
  const program = path.join(folder, "ferretdb");
  if (existsSync(program)) return program;
  if (spawnSync("go", ["version"]).status !== 0)
    throw new Unavailable("FerretDB is not built, and Go is not installed");
  console.log(`building FerretDB ${ferretVersion} once, which takes about two minutes`);
  try {
    build(path.join(folder, "src"), program);
  } catch (error) {
    throw new Unavailable(`FerretDB cannot be built: ${(error as Error).message.split("\n")[0]}`);
  }
  return program;
}

function build(source: string, program: string): void {
  mkdirSync(source, { recursive: true });
  writeFileSync(path.join(source, "go.mod"), "module strongroom/ferretdb\n\ngo 1.21\n");
  const command = `${moduleName}/cmd/ferretdb`;
  writeFileSync(
    path.join(source, "tools.go"),
    `//go:build tools\n\npackage tools\n\nimport _ "${command}"\n`,
  );
  const go = (title: string, ...args: readonly string[]) => {
    console.log(`  ${title}`);
    execFileSync("go", args, { cwd: source, stdio: ["ignore", "ignore", "pipe"] });
  };
  go("naming the version", "mod", "edit", `-require=${moduleName}@${ferretVersion}`);
  go("resolving modules", "mod", "tidy");
  go("fetching modules", "mod", "vendor");
  writeFileSync(path.join(source, "vendor", moduleName, "build/version/version.txt"), ferretVersion);
  go("compiling", "build", "-mod=vendor", "-o", `${program}.new`, command);
  renameSync(`${program}.new`, program);
}
