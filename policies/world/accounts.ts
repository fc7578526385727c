import {
  Account,
  isKnown,
  Organization as WorldOrganization,
  symbolFor,
  WorldDocument,
} from "../../iam/proof";
import { factsOf } from "../documents/document-facts";
import { Graph } from "../stack/graph";
import { Organization } from "../organization";
import { AttachedOrganizationPolicy, levelsOf, organizationPolicies } from "./organization-policies";

/** The organisation and the accounts that a world tells apart. */
export interface FoundAccounts {
  readonly organization?: WorldOrganization;
  readonly accounts: readonly Account[];
}

/**
 * Accounts that own something, that a document names, or that the pack was told of; of the organisation that the pack
 * was told of, else of the one that the documents name.
 *
 * @param owners accounts of what is in the world
 */
export function accountsOf(
  graph: Graph,
  told: Organization,
  owners: readonly string[],
  documents: readonly WorldDocument[],
): FoundAccounts {
  const known = documents.flatMap((document) => (isKnown(document) ? [document.policy.document] : []));
  const named = known.flatMap((document) => factsOf(document).accounts);
  const places = told.places ?? {};
  const ids = [...new Set([...owners, ...named, ...told.accounts, ...Object.keys(places)])].sort();
  const id =
    told.id || (known.flatMap((one) => factsOf(one).literals.get("aws:principalorgid") ?? [])[0] ?? "");
  if (id === "") return { accounts: ids.map((one) => ({ id: one })) };
  const policies = organizationPolicies(graph, told);
  const rootScps = levelsOf(policies, "SERVICE_CONTROL_POLICY", [rootOf(places)])?.[0];
  return {
    organization: {
      id,
      managementAccountId: told.managementAccount ?? "",
      ...(rootScps === undefined ? {} : { rootScps }),
    },
    accounts: ids.map((one) => accountOf(one, id, told, policies)),
  };
}

const rootOf = (places: Readonly<Record<string, string>>): string =>
  Object.values(places)[0]?.split("/")[0] ?? "root";

function accountOf(
  id: string,
  organizationId: string,
  told: Organization,
  policies: readonly AttachedOrganizationPolicy[],
): Account {
  const places = told.places ?? {};
  const isMember = Object.keys(places).length === 0 || Object.hasOwn(places, id);
  if (!isMember) return { id };
  const unknownPlace = symbolFor({ of: `place of account ${id} in the organisation`, shape: "*" });
  const organizationPath = `${organizationId}/${places[id] ?? `r-${unknownPlace}`}/`;
  if (id === told.managementAccount) return { id, organizationPath };
  const levels = [...(places[id]?.split("/") ?? ["root"]), id];
  const scps = levelsOf(policies, "SERVICE_CONTROL_POLICY", levels);
  const rcps = levelsOf(policies, "RESOURCE_CONTROL_POLICY", levels);
  return {
    id,
    organizationPath,
    ...(scps === undefined ? {} : { scps }),
    ...(rcps === undefined ? {} : { rcps }),
  };
}
