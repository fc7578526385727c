import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CommandFailure, CommandIo } from "./command-io";
import { policyConfigProblems } from "./policy-config-problems";

/** The file that `--policy-pack-config` takes: settings and levels by the name of a policy. */
export interface PolicyConfig {
  /** Such as `disabled`; undefined where the rule's own level holds. */
  readonly levelOf: (policy: string) => string | undefined;
  readonly settingsOf: (policy: string) => object;
}

/**
 * Settings and levels, or every rule's own without a file.
 *
 * @throws CommandFailure with everything that is wrong in the file
 */
export function readPolicyConfig(file: string | undefined, io: CommandIo): PolicyConfig {
  const config = file === undefined ? {} : parse(resolve(io.cwd, file));
  const entry = (policy: string) => config[policy] ?? config["all"];
  return {
    levelOf: (policy) => {
      const value = entry(policy);
      return typeof value === "string" ? value : (value?.enforcementLevel ?? level(config["all"]));
    },
    settingsOf: (policy) => {
      const value = config[policy];
      if (typeof value !== "object") return {};
      const { enforcementLevel: _, ...settings } = value;
      return settings;
    },
  };
}

type Entry = string | { readonly enforcementLevel?: string; readonly [setting: string]: unknown };

function level(entry: Entry | undefined): string | undefined {
  return typeof entry === "string" ? entry : entry?.enforcementLevel;
}

function parse(file: string): Readonly<Record<string, Entry>> {
  const value = readJson(file);
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new CommandFailure(`${file} is no policy configuration: expected an object by the name of a rule`);
  }
  const config = value as Readonly<Record<string, Entry>>;
  const problems = policyConfigProblems(config);
  if (problems.length === 0) return config;
  throw new CommandFailure(`${file} cannot be used:\n${problems.map((one) => `  ${one}`).join("\n")}`);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}
