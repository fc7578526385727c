import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CommandFailure, CommandIo } from "../command-io";
import { estateOf, organizationFrom } from "./estate";
import { openIn } from "./list";
import { mapPage } from "./map-page";
import { readerRows } from "./reader-rows";
import { deployed, deployedAndPreviewed, Sources } from "./sources";

/** What `strongroom access map` was asked for. */
export interface MapOptions extends Sources {
  readonly policyConfig?: string;
  readonly preview: boolean;
  readonly output: string;
}

/** `strongroom access map`: one HTML page with every reader, every secret and the reasons between them. */
export async function map(options: MapOptions, io: CommandIo): Promise<number> {
  const organization = organizationFrom(options.policyConfig, io);
  const states = options.preview
    ? (await deployedAndPreviewed(options, io)).after
    : await deployed(options, io);
  const estate = await estateOf(states, organization);
  const rows = readerRows(estate, estate.world.secrets);
  const names = estate.world.secrets.map(({ secret }) => secret.name);
  const page = mapPage(names, rows, openIn(estate));
  try {
    writeFileSync(resolve(io.cwd, options.output), page);
  } catch (error) {
    throw new CommandFailure(`access map: cannot write ${options.output}: ${(error as Error).message}`);
  }
  io.err(`${names.length} secrets and ${rows.length} connections in ${options.output}`);
  return 0;
}
