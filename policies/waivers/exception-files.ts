import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ConfigOf } from "../setting";
import { parseBaseline } from "./baseline";
import { parseWaivers } from "./parse-waivers";
import { Problem, problemText } from "./problem";
import { waiverSettings } from "./settings";
import { Exceptions, noExceptions } from "./sieve";

/** Where the files are and what they are held against. */
export interface ExceptionSource {
  readonly settings: ConfigOf<typeof waiverSettings>;
  /** Folder of the pack: paths in the settings start there. */
  readonly folder: string;
  /**
   * `STRONGROOM_WAIVERS` and `STRONGROOM_BASELINE` name the files where the settings leave the default; they start at
   * `PWD`. `STRONGROOM_WAIVERS=none` shows every finding, whatever the settings say.
   */
  readonly env: NodeJS.ProcessEnv;
  /** Ids of the rules there are. */
  readonly rules: readonly string[];
  /** The day in UTC, as `2026-11-24`. */
  readonly today: string;
}

/** What the files hold; with a problem in one of them nothing is hidden. */
export interface LoadedExceptions {
  readonly exceptions: Exceptions;
  /** One text for each file that has problems, with all of them. */
  readonly problems: readonly string[];
}

/** Reads the waivers and the baseline of a run. Never throws: what is wrong with a file is in `problems`. */
export function loadExceptions(source: ExceptionSource): LoadedExceptions {
  const { settings, env } = source;
  if (env["STRONGROOM_WAIVERS"] === "none") return { exceptions: noExceptions, problems: [] };
  const problems: string[] = [];
  const limits = { rules: source.rules, today: source.today, maximumDays: settings.maximumDays };
  const waivers = load(source, "file", "STRONGROOM_WAIVERS", problems, (text) => parseWaivers(text, limits));
  const baseline = load(source, "baseline", "STRONGROOM_BASELINE", problems, parseBaseline);
  if (problems.length > 0) return { exceptions: noExceptions, problems };
  return { exceptions: { waivers: waivers?.waivers ?? [], baseline: baseline?.entries ?? [] }, problems };
}

function load<T extends { readonly problems: readonly Problem[] }>(
  { settings, folder, env }: ExceptionSource,
  setting: "file" | "baseline",
  variable: string,
  problems: string[],
  parse: (text: string) => T,
): T | undefined {
  const configured = settings[setting];
  const isDefault = configured === waiverSettings[setting].default;
  const fromEnv = isDefault ? env[variable] : undefined;
  const file = fromEnv ? resolve(env["PWD"] ?? folder, fromEnv) : resolve(folder, configured);
  if (configured === "" || (isDefault && !fromEnv && !existsSync(file))) return undefined;
  const text = readText(file);
  if (text instanceof Error) {
    problems.push(`${file} cannot be read: ${text.message}`);
    return undefined;
  }
  const parsed = parse(text);
  if (parsed.problems.length > 0) problems.push(problemText(file, parsed.problems));
  return parsed;
}

function readText(file: string): string | Error {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return new Error((error as NodeJS.ErrnoException).code === "ENOENT" ? "it is not there" : String(error));
  }
}
