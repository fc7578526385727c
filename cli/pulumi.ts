import { Children } from "./children";

export interface PulumiRun {
  readonly code: number;
  readonly output: string;
}

/** The Pulumi CLI in one environment: backend, passphrase, plugins and AWS endpoint are all in `env`. */
export class Pulumi {
  constructor(
    private readonly cli: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly children: Children,
  ) {}

  /** Runs one command in a project's folder and collects what it prints. Does not throw on a failing command. */
  run(cwd: string, args: readonly string[], extraEnv: NodeJS.ProcessEnv = {}): Promise<PulumiRun> {
    return new Promise((resolve, reject) => {
      const child = this.children.start(this.cli, [...args, "--non-interactive", "--color", "never"], {
        cwd,
        env: { ...this.env, ...extraEnv },
        stdio: ["ignore", "pipe", "pipe"],
      });
      const chunks: Buffer[] = [];
      child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.once("error", reject);
      child.once("close", (code) =>
        resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString("utf8") }),
      );
    });
  }

  /** @throws Error with the CLI's last lines when the command fails */
  async must(cwd: string, args: readonly string[], extraEnv?: NodeJS.ProcessEnv): Promise<string> {
    const { code, output } = await this.run(cwd, args, extraEnv);
    if (code === 0) return output;
    throw new Error(
      `pulumi ${args.join(" ")} ended with ${code}\n${output.trim().split("\n").slice(-25).join("\n")}`,
    );
  }
}

/** The counts of `pulumi up`'s closing lines, such as "38 created" or "38 unchanged". */
export function resourceCounts(output: string): string {
  const lines = output.split("\n").map((line) => line.trim());
  const counts = lines.filter((line) =>
    /^[+\-~=]*\s*\d+ (to )?(create|update|delete|replace|unchanged|created|updated|deleted|replaced)\b/.test(
      line,
    ),
  );
  return counts.map((line) => line.replace(/^[+\-~=]+\s*/, "")).join(", ") || "no changes";
}
