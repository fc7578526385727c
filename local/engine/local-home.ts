import { mkdirSync } from "fs";
import { join, resolve } from "path";
import { pathToFileURL } from "url";
import { distVariable, writeLauncher } from "./launcher";

/** What to set up, and where. */
export interface LocalHome {
  /** Folder for the engine's own files, such as `.strongroom/pulumi`; made when missing. */
  readonly home: string;
  /** Folder of the bundle `pulumi-resource-aws.js`. */
  readonly distDir: string;
  /** @default `strongroom-local`: the local stacks hold nothing that is secret outside this machine */
  readonly passphrase?: string;
}

/** The version of `@pulumi/aws` that programs ask for; the engine looks for the plugin by it. */
const awsPluginVersion = "7.48.0";

/**
 * Prepares a `PULUMI_HOME` in which the AWS plugin is the stand-in, so that a project needs no change to run against the
 * local cloud, with stacks kept in a folder beside it.
 *
 * @returns the environment for the engine, to be laid over the process's own
 * @throws EngineError `not-bundled` when the stand-in was never built
 */
export async function prepareHome(options: LocalHome): Promise<{ env: Record<string, string> }> {
  const home = resolve(options.home);
  const state = join(home, "state");
  mkdirSync(state, { recursive: true });
  const distDir = resolve(options.distDir);
  const path = join(home, "plugins", `resource-aws-v${awsPluginVersion}`, "pulumi-resource-aws");
  writeLauncher({ path, distDir, bundle: "pulumi-resource-aws.js" });
  return {
    env: {
      PULUMI_HOME: home,
      [distVariable]: distDir,
      PULUMI_BACKEND_URL: pathToFileURL(state).href,
      PULUMI_CONFIG_PASSPHRASE: options.passphrase ?? "strongroom-local",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      // Without it `--event-log`, the only full account of policy findings, is refused.
      PULUMI_DEBUG_COMMANDS: "true",
      // The engine's garbage is collected less often: a command is over before it matters.
      GOGC: "400",
    },
  };
}
