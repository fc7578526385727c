import { execFileSync, spawnSync } from "child_process";
import { existsSync } from "fs";
import { join } from "path";

const BOTO3 = "1.44.5";
const folder = join(__dirname, "../../.strongroom/python");

/** Whether this machine has Python with pip; the foreign client cannot run without. */
export function hasPython(): boolean {
  return spawnSync("python3", ["-m", "pip", "--version"]).status === 0;
}

/** Installs boto3 into a folder of the project's own, once, and returns the environment in which Python finds it. */
export function boto3Environment(): NodeJS.ProcessEnv {
  const target = join(folder, `boto3-${BOTO3}`);
  if (!existsSync(join(target, "boto3"))) {
    const options = ["--quiet", "--disable-pip-version-check", "--target", target];
    execFileSync("python3", ["-m", "pip", "install", ...options, `boto3==${BOTO3}`], { stdio: "pipe" });
  }
  return { PYTHONPATH: target };
}
