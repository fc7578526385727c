import { createHash } from "crypto";
import { existsSync } from "fs";
import { join } from "path";
import { codeCacheBundle, codeCacheVariable } from "./code-cache-variable";

/** What to start Node with, so that the compiled code of the programs in one folder is kept beside the bundles. */
export interface ProgramCodeCache {
  readonly nodeArguments: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** @param folder absolute path of the program or policy pack */
export function programCodeCache(folder: string): ProgramCodeCache {
  const preload = join(__dirname, codeCacheBundle);
  if (!existsSync(preload)) return { nodeArguments: [], env: { [codeCacheVariable]: undefined } };
  const name = createHash("sha1").update(folder).digest("hex");
  return {
    nodeArguments: ["--require", preload],
    env: { [codeCacheVariable]: join(__dirname, "programs", `${name}.cache`) },
  };
}
