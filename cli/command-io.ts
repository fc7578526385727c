/** What a command needs of the process around it, so that a test can stand in for it. */
export interface CommandIo {
  /** Takes text for standard output, with its line ends. */
  readonly out: (text: string) => void;
  /** Takes a line for standard error: progress and what went wrong. */
  readonly err: (line: string) => void;
  /** The project's root, where `policies/` and `dist/` are. */
  readonly root: string;
  /** Where paths on the command line start. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether standard output is a terminal that shows colours. */
  readonly colour: boolean;
}

/** The process as it is. Colours on a terminal only, and not where `NO_COLOR` is set (no-color.org). */
export function processIo(root: string): CommandIo {
  return {
    out: (text) => void process.stdout.write(text),
    err: (line) => console.error(line),
    root,
    cwd: process.cwd(),
    env: process.env,
    colour: process.stdout.isTTY === true && !process.env["NO_COLOR"],
  };
}

/** What a command cannot do, in words for its user; it ends with exit code 2. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}
