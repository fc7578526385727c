import { readFileSync } from "node:fs";
import { CommandFailure } from "../command-io";

/** A resource as `pulumi stack export` writes it, as far as it is read here. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** Kept beside the properties. */
  readonly id?: string;
  readonly custom?: boolean;
  readonly delete?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  /** URN and id of the provider, joined by `::`. */
  readonly provider?: string;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  /** Such as `project:///index.ts#18,14`. */
  readonly sourcePosition?: string;
}

/** The state of one stack. */
export interface ExportedState {
  readonly resources: readonly StateResource[];
  /** When it was last written, in UTC as ISO 8601; empty when it does not say. */
  readonly time: string;
}

/**
 * Reads what `pulumi stack export` wrote.
 *
 * @param name how messages call it
 * @throws CommandFailure when it is not there, cut off, or something else
 */
export function readState(file: string, name: string): ExportedState {
  try {
    return parseState(readFileSync(file, "utf8"), name);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`${name} cannot be read: ${(error as Error).message}`);
  }
}

/** As {@link readState}, of the text itself. */
export function parseState(text: string, name: string): ExportedState {
  const value = parse(text, name) as {
    readonly version?: number;
    readonly deployment?: {
      readonly manifest?: { readonly time?: string };
      readonly resources?: readonly StateResource[];
    };
  } | null;
  const { deployment } = value ?? {};
  if (deployment === undefined || deployment === null || typeof deployment !== "object") {
    throw new CommandFailure(
      `${name} is no exported state: it has no deployment; make one with pulumi stack export`,
    );
  }
  const resources = deployment.resources ?? [];
  const broken = resources.findIndex(({ urn, type }) => typeof urn !== "string" || typeof type !== "string");
  if (broken !== -1) {
    throw new CommandFailure(
      `${name} is no exported state: deployment.resources[${broken}] has no urn and type`,
    );
  }
  return { resources: resources.filter((one) => one.delete !== true), time: deployment.manifest?.time ?? "" };
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text around the place, which may be a value.
    throw new CommandFailure(`${name} is no JSON, or is cut off: ${text.length} characters were read`);
  }
}
