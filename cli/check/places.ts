import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Place } from "./finding";
import { ExportedState } from "./exported-state";

/** Where things are, from the root of the repository as code scanning wants it. */
export interface Places {
  /** The project's own file. */
  readonly projectFile: string;
  /** Where each resource is declared, as far as the state says it. */
  readonly places: ReadonlyMap<string, Place>;
}

/** @param project folder of the project */
export function placesIn(project: string, state: ExportedState | undefined): Places {
  const root = repositoryRoot(project);
  const from = (path: string) => relative(root, join(project, path)).split("\\").join("/");
  const known = (state?.resources ?? []).flatMap(({ urn, sourcePosition }) => {
    const place = parsePosition(sourcePosition, from);
    return place === undefined ? [] : [[urn, place] as const];
  });
  return { projectFile: from("Pulumi.yaml"), places: new Map(known) };
}

/** `project:///index.ts#18,14`. Places outside the repository, as in a package, are none. */
function parsePosition(position: string | undefined, from: (path: string) => string): Place | undefined {
  const match = /^project:\/\/\/([^#]+)#(\d+)(?:,(\d+))?$/.exec(position ?? "");
  if (match === null) return undefined;
  const file = from(decodeURIComponent(match[1]!));
  if (file.startsWith("..") || file.includes("node_modules/")) return undefined;
  const column = match[3] === undefined ? {} : { column: Number(match[3]) };
  return { file, line: Number(match[2]), ...column };
}

function repositoryRoot(folder: string): string {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, ".git"))) return current;
    if (dirname(current) === current) return folder;
  }
}
