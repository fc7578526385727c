import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Environment } from "../../stacks/environment";
import { requireEnvironment } from "../../stacks/parse-environment";

/** `strongroom:environment` of one of the committed configurations, as Pulumi would hand it over. */
export function committedConfiguration(name: string): any {
  const file = join(__dirname, "../../stacks/config", `Pulumi.${name}.yaml`);
  return parse(readFileSync(file, "utf8")).config["strongroom:environment"];
}

/** The environment that `npm start` deploys. */
export const localEnvironment = (): Environment =>
  requireEnvironment("local", committedConfiguration("local"));
