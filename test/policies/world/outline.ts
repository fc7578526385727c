import { AccessWorld, isKnown, readable, WorldDocument } from "../../../iam/proof";
import { buildGraph } from "../../../policies/stack/graph";
import { anyOrganization, Organization } from "../../../policies/organization";
import { Resource } from "../../../policies/stack/resource";
import { GraphWorld, worldOf } from "../../../policies/world";

/** The world of a stack. */
export function worldIn(stack: readonly Resource[], organization: Partial<Organization> = {}): GraphWorld {
  return worldOf(buildGraph(stack), { ...anyOrganization, ...organization });
}

/** A document in a few words: its source, and why it is not known. */
export function outline(document: WorldDocument | undefined): string | undefined {
  if (document === undefined) return undefined;
  return readable(isKnown(document) ? document.source : `${document.source} ? ${document.unknown}`);
}

/** Principals with the sources of their policies. */
export function principalsIn({ principals }: AccessWorld): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    principals.map(({ arn, identity, boundary, trust }) => [
      readable(arn),
      [...identity, ...(boundary ? [boundary] : []), ...(trust ? [trust] : [])].map((one) => outline(one)!),
    ]),
  );
}
