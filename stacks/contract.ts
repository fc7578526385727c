import * as pulumi from "@pulumi/pulumi";
import { ConfigurationError, FirstValue, Problem, Regions } from "../components/model";
import { Decoder, list, named, object, oneOf, Place, text } from "./decoder";

/** Version of {@link EnvironmentContract}; raised when a field changes its meaning or goes. */
export const SCHEMA_VERSION = 1;

/** What an environment exports for applications' stacks: ARNs and ids, never a value of a secret. */
export interface EnvironmentContract {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly organizationId: string;
  readonly centralAccountId: string;
  readonly regions: Regions;
  /** ARN of the secrets' key by Region. */
  readonly keyArns: Readonly<Record<string, string>>;
  /** By name of the secret. */
  readonly secrets: Readonly<Record<string, SecretContract>>;
  /** By name of the workload. */
  readonly workloads: Readonly<Record<string, WorkloadContract>>;
}

export interface SecretContract {
  /** By Region. */
  readonly arns: Readonly<Record<string, string>>;
  readonly firstValue: FirstValue;
}

export interface WorkloadContract {
  readonly accountId: string;
  /** By Region. */
  readonly vpcIds: Readonly<Record<string, string>>;
  /** Ids of the endpoints of Secrets Manager by Region. */
  readonly endpointIds: Readonly<Record<string, string>>;
  /** ARNs by name of the roles that the platform made for the workload. */
  readonly readerRoleArns: Readonly<Record<string, string>>;
}

type Produced<T> = pulumi.Input<T extends object ? { readonly [K in keyof T]: Produced<T[K]> } : T>;

/** The contract as its producer has it: any part may still be an output. Without the version, which is set here. */
export type ProducedContract = {
  readonly [K in Exclude<keyof EnvironmentContract, "schemaVersion">]: Produced<EnvironmentContract[K]>;
};

/** The producing end: what the environment's program exports. */
export function produce(outputs: ProducedContract): ProducedContract & { readonly schemaVersion: 1 } {
  return { schemaVersion: SCHEMA_VERSION, ...outputs };
}

const anyText = text("a text");
const byName = named(anyText);
const open = { open: true };

const fields = {
  organizationId: anyText,
  centralAccountId: anyText,
  regions: object({ primary: anyText, replicas: list(anyText) }, {}, open),
  keyArns: byName,
  secrets: named(object({ arns: byName, firstValue: oneOf(["rotation", "out-of-band"]) }, {}, open)),
  workloads: named(
    object({ accountId: anyText, vpcIds: byName, endpointIds: byName, readerRoleArns: byName }, {}, open),
  ),
} satisfies Readonly<Record<keyof ProducedContract, Decoder<unknown>>>;

const shape = object(fields, {}, open);

/**
 * The contract in a stack's outputs, for a program that has them as plain JSON (`pulumi stack output --json`).
 *
 * @param stack name for the error
 * @throws ConfigurationError when the stack has no outputs, speaks another version, or an output has another shape
 */
export function readContract(stack: string, outputs: Readonly<Record<string, unknown>>): EnvironmentContract {
  const version = outputs["schemaVersion"];
  const problems: Problem[] = [];
  const place = new Place("", problems).key("schemaVersion");
  if (version === undefined)
    place.refuse("a deployed environment of Strongroom: run `pulumi up` in its project first", version);
  else if (version !== SCHEMA_VERSION)
    place.refuse(
      `contract version ${SCHEMA_VERSION}: use the same release of Strongroom on both sides`,
      version,
    );
  else shape(outputs, new Place("", problems));
  if (problems.length > 0) throw new ConfigurationError(`stack ${stack}`, problems);
  return outputs as unknown as EnvironmentContract;
}

/**
 * The consuming end. Resolves to plain values, so that what is built from them is known in the preview.
 *
 * @throws ConfigurationError as {@link readContract} does
 */
export async function consume(reference: pulumi.StackReference): Promise<EnvironmentContract> {
  const names = ["schemaVersion", ...Object.keys(fields)];
  const stack = await new Promise<string>((resolve) => reference.name.apply(resolve));
  const details = await Promise.all(names.map((name) => reference.getOutputDetails(name)));
  return readContract(stack, Object.fromEntries(names.map((name, index) => [name, details[index]!.value])));
}
