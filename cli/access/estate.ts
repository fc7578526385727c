import { AccessProof } from "../../iam/proof";
import { buildGraph, Graph } from "../../policies/stack/graph";
import { anyOrganization, Organization, organizationSettings } from "../../policies/organization";
import { withDefaults } from "../../policies/setting";
import { accessOf, FoundSecret, GraphWorld } from "../../policies/world";
import { StateResource } from "../check/exported-state";
import { CommandFailure, CommandIo } from "../command-io";
import { readPolicyConfig } from "../policy-config";
import { asResources } from "./state-resources";

/** Everything that is asked about: the stacks at hand as one graph, its world, and the proof about it. */
export interface Estate {
  readonly graph: Graph;
  readonly world: GraphWorld;
  readonly proof: AccessProof;
}

/** What the pack is told of the organisation, in the file that `pulumi preview --policy-pack-config` takes. */
export function organizationFrom(file: string | undefined, io: CommandIo): Organization {
  if (file === undefined) return anyOrganization;
  const told = readPolicyConfig(file, io).settingsOf("organization");
  return withDefaults(organizationSettings, told) as unknown as Organization;
}

/**
 * Joins the resources of several stacks. Properties of a preview that are not known yet stay so.
 *
 * @throws CommandFailure when there is no secret in them
 */
export async function estateOf(
  states: readonly StateResource[],
  organization: Organization,
): Promise<Estate> {
  // Loaded here, for it takes a tenth of a second and `--help` should not wait for it.
  const { unknownCheckingProxy } = await import("@pulumi/policy");
  const graph = buildGraph(asResources(states, unknownCheckingProxy));
  return { graph, ...accessOf(graph, organization) };
}

/** @throws CommandFailure with the known names when there is no such secret */
export function findSecret({ world }: Estate, name: string): FoundSecret {
  const found = world.secrets.filter(
    ({ secret }) =>
      secret.name === name || secret.id === name || secret.copies.some(({ arn }) => arn === name),
  );
  if (found.length === 1) return found[0]!;
  const names = world.secrets.map(({ secret }) => secret.name).sort();
  if (found.length === 0) {
    const known = names.length === 0 ? "there are none" : `known: ${names.join(", ")}`;
    throw new CommandFailure(`no secret ${name}; ${known}`);
  }
  const arns = found.map(({ secret }) => secret.copies[0]!.arn);
  throw new CommandFailure(`${name} is the name of several secrets; give the ARN of one: ${arns.join(", ")}`);
}
