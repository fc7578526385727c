import { CommandFailure, CommandIo } from "../command-io";
import { Estate, estateOf, organizationFrom } from "./estate";
import { asBaseline, asJson, asMarkdown, asTable } from "./list-formats";
import { readerRows } from "./reader-rows";
import { deployed, deployedAndPreviewed, Sources } from "./sources";

/** What `strongroom access list` was asked for. */
export interface ListOptions extends Sources {
  readonly policyConfig?: string;
  /** What an update would leave, instead of what is deployed. */
  readonly preview: boolean;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly baseline: boolean;
}

/** `strongroom access list`: everyone who can read each secret, by the proof. */
export async function list(names: readonly string[], options: ListOptions, io: CommandIo): Promise<number> {
  const organization = organizationFrom(options.policyConfig, io);
  const states = options.preview
    ? (await deployedAndPreviewed(options, io)).after
    : await deployed(options, io);
  const estate = await estateOf(states, organization);
  const secrets = estate.world.secrets.filter(
    ({ secret }) => names.length === 0 || names.includes(secret.name),
  );
  requireKnown(names, estate);
  const rows = readerRows(estate, secrets);
  const open = openIn(estate);
  if (options.json) io.out(asJson(rows, open));
  else if (options.markdown) io.out(asMarkdown(rows, open));
  else if (options.baseline) io.out(asBaseline(rows));
  else io.out(asTable(rows, open));
  return 0;
}

/** Secrets that cannot be judged, with the reason. */
export function openIn({ world }: Estate): readonly string[] {
  return world.loose.map(({ reason, decidedBy }) => `${reason}; decided by ${decidedBy}`);
}

function requireKnown(names: readonly string[], { world }: Estate): void {
  const known = new Set(world.secrets.map(({ secret }) => secret.name));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new CommandFailure(`no secret ${unknown.join(", ")}; known: ${[...known].sort().join(", ")}`);
  }
}
