import { existsSync } from "fs";
import { dirname, join } from "path";

/**
 * The folder of the checkout that this code runs from, be it a source file or a bundle in `dist`.
 *
 * @throws Error when the code was copied out of its checkout
 */
export function checkoutFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, "local", "engine", "go.mod"))) return folder;
    if (folder === dirname(folder)) throw new Error(`${__dirname} is not inside a checkout of strongroom`);
  }
}
