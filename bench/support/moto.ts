import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Background, background } from "./background";

const VERSION = "5.2.5";

/** moto's server (PyPI, Apache-2.0), the widely used local model of AWS, in a Python environment of its own. */
export async function startMoto(root: string, port: number): Promise<Background> {
  const folder = join(root, ".strongroom/moto");
  if (!existsSync(join(folder, "bin/moto_server"))) {
    console.error(`  installing moto ${VERSION} (once)`);
    execFileSync("python3", ["-m", "venv", folder]);
    execFileSync(join(folder, "bin/pip"), [
      "install",
      "--quiet",
      "--disable-pip-version-check",
      `moto[server,secretsmanager]==${VERSION}`,
    ]);
  }
  return background(
    join(folder, "bin/moto_server"),
    ["-H", "127.0.0.1", "-p", String(port)],
    /Running on http/,
  );
}
