import { join } from "path";
import { CommandIo } from "../../cli/command-io";

/** A command's surroundings that remember what was written. */
export interface RecordedIo extends CommandIo {
  /** Everything that went to standard output. */
  readonly written: () => string;
  /** Lines of standard error. */
  readonly errors: readonly string[];
}

/** No terminal, and only this of the environment. */
export function recordedIo(cwd: string, env: NodeJS.ProcessEnv = {}): RecordedIo {
  let output = "";
  const errors: string[] = [];
  return {
    out: (text) => (output += text),
    err: (line) => errors.push(line),
    root: join(__dirname, "../.."),
    cwd,
    env,
    colour: false,
    written: () => output,
    errors,
  };
}
