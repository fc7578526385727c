import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CommandFailure, CommandIo } from "./command-io";

/** The file that `--policy-pack-config` takes: settings and levels by the name of a policy. */
export interface PolicyConfig {
  /** Such as `disabled`; undefined where the rule's own level holds. */
  readonly levelOf: (policy: string) => string | undefined;
  readonly settingsOf: (policy: string) => object;
}

/** Settings and levels, or every rule's own without a file. */
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
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      return value as Readonly<Record<string, Entry>>;
    }
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  throw new CommandFailure(`${file} is no policy configuration: expected an object by the name of a rule`);
}
