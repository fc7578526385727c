import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Problem, refuse, RotationEngine } from "../components/model";
import { Environment } from "./environment";
import { engineOf } from "./rotation-plan";

/** What a deployment takes from the machine that it runs on, found before anything is made. */
export interface DeploymentFiles {
  /** Folder with the code of the rotation function of each engine that the environment uses. */
  readonly rotationCode: Readonly<Partial<Record<RotationEngine, string>>>;
  /** Certificates in PEM, by the name of the file as the environment gives it. */
  readonly authorities: Readonly<Record<string, string>>;
}

/**
 * Finds the code that `npm run build` makes and reads the databases' authorities.
 *
 * @param root folder of the project; names of files are relative to it
 * @throws ConfigurationError with every file that is missing or is not what it should be
 */
export function findFiles(environment: Environment, root: string): DeploymentFiles {
  const problems: Problem[] = [];
  const rotationCode = Object.fromEntries(
    enginesOf(environment).map((engine) => [engine, codeOf(engine, root, problems)]),
  );
  const authorities = Object.fromEntries(
    authorityFilesOf(environment).map(({ path, file }) => [file, authorityOf(path, file, root, problems)]),
  );
  refuse(`files of environment ${environment.name}`, problems);
  return { rotationCode, authorities };
}

function enginesOf({ secrets }: Environment): readonly RotationEngine[] {
  return [...new Set(secrets.flatMap(({ rotation }) => engineOf(rotation) ?? []))];
}

/** Files that the configuration names, with the place where each is named first. */
function authorityFilesOf({ databases, secrets }: Environment) {
  const named = [
    ...Object.entries(databases).map(([name, { tls }]) => ({ path: `databases.${name}`, tls })),
    ...secrets.map(({ rotation }, index) => ({
      path: `secrets[${index}].rotation`,
      tls: "tls" in rotation ? rotation.tls : undefined,
    })),
  ];
  const files = named.flatMap(({ path, tls }) =>
    tls?.authorityFile === undefined ? [] : [{ path: `${path}.tls.authorityFile`, file: tls.authorityFile }],
  );
  return files.filter(({ file }, index) => files.findIndex((other) => other.file === file) === index);
}

function codeOf(engine: RotationEngine, root: string, problems: Problem[]): string {
  const folder = join(root, "rotation-lambdas", "dist", engine);
  if (!existsSync(join(folder, "index.js"))) {
    const expected = "the code of the rotation function: run `npm run build`";
    problems.push({ path: `rotation-lambdas/dist/${engine}/index.js`, expected, got: "no such file" });
  }
  return folder;
}

function authorityOf(path: string, file: string, root: string, problems: Problem[]): string {
  const expected = "a PEM file with the certificate of the authority";
  try {
    const text = readFileSync(resolve(root, file), "utf8");
    if (!text.includes("-----BEGIN CERTIFICATE-----"))
      problems.push({ path, expected, got: `another file (${file})` });
    return text;
  } catch (error) {
    problems.push({
      path,
      expected,
      got: `${(error as NodeJS.ErrnoException).code ?? "an error"} at ${file}`,
    });
    return "";
  }
}
