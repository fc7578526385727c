import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Background, background } from "./background";

const VERSION = "5.2.5";

/** moto's server (PyPI, Apache-2.0), the widely used local model of AWS, in a folder of the project's own. */
export async function startMoto(root: string, port: number): Promise<Background> {
  const folder = join(root, `.strongroom/python/moto-${VERSION}`);
  if (!existsSync(join(folder, "moto"))) {
    console.error(`  installing moto ${VERSION} (once)`);
    const options = ["--quiet", "--disable-pip-version-check", "--target", folder];
    execFileSync("python3", ["-m", "pip", "install", ...options, `moto[server,secretsmanager]==${VERSION}`]);
  }
  const args = ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)];
  return background("python3", args, /Running on http/, { ...process.env, PYTHONPATH: folder });
}
