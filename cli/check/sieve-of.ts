import { resolve } from "node:path";
import { rules } from "../../policies/rules";
import { withDefaults } from "../../policies/setting";
import { loadExceptions } from "../../policies/waivers/exception-files";
import { waiverSettings } from "../../policies/waivers/settings";
import { Sieve } from "../../policies/waivers/sieve";
import { dayOf } from "../../policies/waivers/waiver";
import { CommandFailure, CommandIo } from "../command-io";
import { readPolicyConfig } from "../policy-config";
import { packFolder } from "./source-runs";

/** Where a command line may say what is hidden. */
export interface ExceptionOptions {
  readonly policyPack?: string;
  readonly policyConfig?: string;
  readonly waivers?: string;
  readonly baseline?: string;
}

/**
 * The waivers and the baseline of the command line, else those of the policy configuration, else those beside the pack.
 *
 * @throws CommandFailure with every problem of the files
 */
export function sieveOf(options: ExceptionOptions, io: CommandIo, now: Date): Sieve {
  const configured = readPolicyConfig(options.policyConfig, io).settingsOf("waivers");
  const named = {
    ...(options.waivers === undefined ? {} : { file: resolve(io.cwd, options.waivers) }),
    ...(options.baseline === undefined ? {} : { baseline: resolve(io.cwd, options.baseline) }),
  };
  const { exceptions, problems } = loadExceptions({
    settings: withDefaults(waiverSettings, { ...configured, ...named }),
    folder: packFolder(options.policyPack, io),
    env: io.env,
    rules: rules.map(({ id }) => id),
    today: dayOf(now),
  });
  if (problems.length > 0) throw new CommandFailure(problems.join("\n"));
  return new Sieve(exceptions, dayOf(now));
}
