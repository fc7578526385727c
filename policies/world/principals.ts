import { Group, NamedPrincipal } from "../../iam/proof";
import { documentIn } from "../documents/document";
import { Graph } from "../stack/graph";
import { parseArn } from "../stack/location";
import { input, Resource, types } from "../stack/resource";
import { readWhole } from "../stack/tri-state";
import { principalArn } from "./addresses";
import { holderName } from "./attached-policies";
import { worldDocument } from "./documents";
import { Identities } from "./identities";

/** Roles and users of the stack with all their policies; those whose account is not known are left out. */
export function principalsOf(graph: Graph): readonly NamedPrincipal[] {
  const identities = new Identities(graph);
  return graph.of(types.role, types.user).flatMap((resource) => {
    const arn = principalArn(resource);
    const accountId = arn === undefined ? undefined : parseArn(arn)?.account;
    if (arn === undefined || !accountId) return [];
    return [principalOf(resource, arn, accountId, identities)];
  });
}

function principalOf(
  resource: Resource,
  arn: string,
  accountId: string,
  identities: Identities,
): NamedPrincipal {
  const kind = resource.type === types.user ? "user" : "role";
  const boundary = identities.boundaryOf(resource);
  const boundaryArn = identities.boundaryArnOf(resource);
  const trust = kind === "role" ? documentIn(resource, "assumeRolePolicy", "trust") : undefined;
  return {
    kind,
    arn,
    accountId,
    tags: tagsOf(resource),
    identity: identities.of(resource),
    ...(boundary === undefined ? {} : { boundary }),
    ...(boundaryArn === undefined ? {} : { boundaryArn }),
    ...list("managedPolicies", identities.managedPoliciesOf(resource)),
    ...list("groups", arnsOf(identities.groupsOf(resource))),
    ...(trust === undefined
      ? {}
      : { trust: worldDocument(trust, `trust policy of ${holderName(resource)}`) }),
  };
}

/** Groups that a user may be put into; those whose account is not known are left out. */
export function groupsOf(graph: Graph): readonly Group[] {
  const identities = new Identities(graph);
  return graph.of(types.group).flatMap((resource) => {
    const arn = principalArn(resource);
    const accountId = arn === undefined ? undefined : parseArn(arn)?.account;
    return arn === undefined || !accountId ? [] : [{ arn, accountId, identity: identities.of(resource) }];
  });
}

function arnsOf(resources: readonly Resource[]): readonly string[] {
  return resources.flatMap((one) => principalArn(one) ?? []);
}

function list<K extends string>(key: K, arns: readonly string[]): { readonly [P in K]?: readonly string[] } {
  return arns.length === 0 ? {} : ({ [key]: arns } as { readonly [P in K]: readonly string[] });
}

/** Tags as far as they are known, with those of the provider. */
export function tagsOf(resource: Resource): Readonly<Record<string, string>> {
  const all = ["tagsAll", "tags"].map((property) => input(resource, readWhole, property));
  const known = all.find((tags) => tags.state === "known");
  return known?.state === "known" ? (known.value as Record<string, string>) : {};
}
