import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Children } from "../../cli/children";
import { createDeployRoles } from "../../cli/deploy-roles";
import { deployerEnv } from "../../cli/deployer-env";
import { accountsFile, administrators } from "../../cli/organisation";
import { Pulumi } from "../../cli/pulumi";
import { startCloud } from "../../cli/start/cloud-process";
import { ensureEngine, prepareHome } from "../../local/engine";

/** The real engine with the local provider and a local cloud of its own. */
export interface LocalEngine {
  readonly pulumi: Pulumi;
  /** Inside the checkout, so that programs in it find its packages; gone afterwards. */
  readonly folder: string;
}

/** Starts them for as long as `use` takes. */
export async function withLocalEngine<Result>(
  root: string,
  use: (engine: LocalEngine) => Promise<Result>,
): Promise<Result> {
  mkdirSync(join(root, ".strongroom"), { recursive: true });
  const folder = mkdtempSync(join(root, ".strongroom/bench-"));
  const children = new Children();
  try {
    const engine = await ensureEngine({ log: (line) => console.error(`  ${line}`) });
    const keys = administrators();
    const url = await startCloud(root, folder, accountsFile(keys), children);
    await createDeployRoles(url, keys);
    const { env } = await prepareHome({ home: join(folder, "pulumi"), distDir: join(root, "dist") });
    const cliEnv = { ...process.env, ...env, ...deployerEnv(url, keys.management) };
    return await use({ pulumi: new Pulumi(engine.pulumi, cliEnv, children), folder });
  } finally {
    await children.stopAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A pack of one policy that looks at nothing: what any pack costs. @returns its folder */
export function emptyPack(folder: string): string {
  const pack = join(folder, "empty-pack");
  mkdirSync(pack);
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
  writeFileSync(join(pack, "package.json"), '{"name":"empty-pack","version":"0.0.1","main":"index.js"}');
  const policy =
    '{ name: "nothing", description: "nothing", enforcementLevel: "advisory", validateStack: () => {} }';
  const program = `const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("empty", { policies: [${policy}] });\n`;
  writeFileSync(join(pack, "index.js"), program);
  return pack;
}
