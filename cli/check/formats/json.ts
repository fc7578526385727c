import { CheckResult } from "../finding";

/** The whole result, for scripts. Hidden findings are in it, with what hides them. */
export function renderJson(result: CheckResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
