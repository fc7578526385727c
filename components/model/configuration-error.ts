import { Problem, problemLine } from "./problem";

/** What was given cannot be built. Lists every problem at once, one a line; nothing has been made. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";

  /**
   * @param subject what the problems are about, such as `environment "local"`
   * @param problems at least one
   */
  constructor(
    subject: string,
    readonly problems: readonly Problem[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`${subject}: ${count}`, ...problems.map((problem) => `  ${problemLine(problem)}`)].join("\n"));
  }
}

/**
 * Does nothing when there is no problem.
 *
 * @throws ConfigurationError with all problems
 */
export function refuse(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ConfigurationError(subject, problems);
}
