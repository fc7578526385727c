import { resolve } from "node:path";
import { DeploymentFiles } from "../../stacks/deployment-files";

/** Files that stand for those of a build: any folder with an `index.js` is code, any text a certificate. */
/** A folder with an `index.js`. */
export const codeFolder = resolve(__dirname, "../../examples/orders/function");

export const standInFiles: DeploymentFiles = {
  rotationCode: { postgres: codeFolder },
  authorities: { ".strongroom/run/database-authority.pem": "PEM" },
};
