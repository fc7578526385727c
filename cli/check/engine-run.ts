import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureEngine, EngineError } from "../../local/engine";
import { Children } from "../children";
import { CommandFailure, CommandIo } from "../command-io";

/** How long the engine may be silent before a line says that it still works. */
const HEARTBEAT_MS = 5_000;

/** One command of the Pulumi CLI, its output in files. */
export interface EngineRun {
  readonly code: number;
  /** Standard output. */
  readonly stdout: string;
  /** The last lines of both outputs, for a message. */
  readonly tail: string;
}

/** The user's Pulumi, or the one that is built once, with what a check needs in its environment. */
export class PolicyEngine {
  private constructor(
    private readonly pulumi: string,
    private readonly io: CommandIo,
    private readonly folder: string,
    private readonly children: Children,
  ) {}

  /**
   * @param folder for outputs, which may hold names of resources; the caller removes it
   * @throws CommandFailure when there is no engine and none can be built
   */
  static async find(io: CommandIo, folder: string, children: Children): Promise<PolicyEngine> {
    try {
      const { pulumi } = await ensureEngine({ log: io.err, env: io.env, distDir: join(io.root, "dist") });
      return new PolicyEngine(pulumi, io, folder, children);
    } catch (error) {
      if (error instanceof EngineError) throw new CommandFailure(error.message);
      throw error;
    }
  }

  /** Runs one command and says every five seconds that it still does. Does not throw when the command fails. */
  async run(what: string, cwd: string, args: readonly string[]): Promise<EngineRun> {
    const [stdout, stderr] = [join(this.folder, "stdout"), join(this.folder, "stderr")];
    const files = [openSync(stdout, "w", 0o600), openSync(stderr, "w", 0o600)];
    const started = Date.now();
    const heartbeat = setInterval(
      () => this.io.err(`${what}: ${Math.round((Date.now() - started) / 1000)} s …`),
      HEARTBEAT_MS,
    );
    try {
      const code = await this.spawn(cwd, args, files);
      const output = readFileSync(stdout, "utf8");
      return { code, stdout: output, tail: tailOf(`${output}\n${readFileSync(stderr, "utf8")}`) };
    } finally {
      clearInterval(heartbeat);
      files.forEach(closeSync);
    }
  }

  private spawn(cwd: string, args: readonly string[], files: readonly number[]): Promise<number> {
    return new Promise((resolve, reject) => {
      const child = this.children.start(this.pulumi, [...args, "--non-interactive", "--color", "never"], {
        cwd,
        env: {
          ...this.io.env,
          // Without it `--event-log` is an unknown flag.
          PULUMI_DEBUG_COMMANDS: "true",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          // The check sees every finding and takes waivers out itself.
          STRONGROOM_WAIVERS: "none",
        },
        stdio: ["ignore", ...files],
      });
      child.once("error", reject);
      child.once("close", (code) => resolve(code ?? 1));
    });
  }
}

function tailOf(output: string): string {
  const lines = output.split("\n").map((line) => line.trimEnd());
  return lines
    .filter((line) => line.trim() !== "")
    .slice(-12)
    .join("\n");
}
