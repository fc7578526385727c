import { NamedPrincipal } from "../../iam/proof";
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
  const trust = kind === "role" ? documentIn(resource, "assumeRolePolicy", "trust") : undefined;
  return {
    kind,
    arn,
    accountId,
    tags: tagsOf(resource),
    identity: identities.of(resource),
    ...(boundary === undefined ? {} : { boundary }),
    ...(trust === undefined
      ? {}
      : { trust: worldDocument(trust, `trust policy of ${holderName(resource)}`) }),
  };
}

/** Tags as far as they are known, with those of the provider. */
export function tagsOf(resource: Resource): Readonly<Record<string, string>> {
  const all = ["tagsAll", "tags"].map((property) => input(resource, readWhole, property));
  const known = all.find((tags) => tags.state === "known");
  return known?.state === "known" ? (known.value as Record<string, string>) : {};
}
