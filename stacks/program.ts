import * as pulumi from "@pulumi/pulumi";
import { deploy } from "./deploy";
import { findFiles } from "./deployment-files";
import { Environment } from "./environment";
import { requireEnvironment } from "./parse-environment";
import { reported } from "./reported";

/**
 * The program of an environment: reads its configuration and deploys it. Every problem of the configuration and of
 * the files it names is found before the first resource.
 *
 * @param root folder of the project, which holds the functions' code and the files that the configuration names
 * @param change applied to the environment before it is deployed; for projects that show what a change would do
 */
export function environmentProgram(
  root: string,
  change: (environment: Environment) => Environment = (it) => it,
) {
  return reported(() => {
    const configuration = new pulumi.Config("strongroom").getObject<unknown>("environment");
    const environment = requireEnvironment(pulumi.getStack(), configuration);
    return deploy(change(environment), findFiles(environment, root));
  });
}
