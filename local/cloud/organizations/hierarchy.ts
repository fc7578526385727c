import { AttachedPolicy } from "../../../iam";
import { attachedText } from "../core/compiled-policies";
import { Store } from "../core/store";
import {
  organization,
  organizationAccounts,
  organizationalUnits,
  organizationPolicies,
  OrganizationPolicyType,
} from "./records";

/** Where in the organisation an account is, as condition keys have it. */
export interface Membership {
  readonly organizationId: string;
  /** The one path of the account, such as `o-…/r-…/ou-…/`. */
  readonly paths: readonly [string];
}

/** An account's place and the policies over it, from the root down to the account itself. */
interface Standing {
  readonly levels: readonly string[];
  readonly membership: Membership | undefined;
  readonly policies: Record<OrganizationPolicyType, readonly (readonly AttachedPolicy[])[] | undefined>;
}

/** Every call asks several times about the same few accounts, while the organisation seldom changes. */
const known = new WeakMap<Store, { readonly revision: number; readonly standings: Map<string, Standing> }>();

/** Ids from the root down to the account itself; empty when the account is in no organisation. */
export function levelsOf(store: Store, accountId: string): readonly string[] {
  return standingOf(store, accountId).levels;
}

/** The values of `aws:PrincipalOrgID` and `aws:PrincipalOrgPaths`; undefined for a stranger. */
export function membershipOf(store: Store, accountId: string): Membership | undefined {
  return standingOf(store, accountId).membership;
}

/** The organisation's policies of one type by level; absent for the management account and for strangers. */
export function policiesByLevel(
  store: Store,
  accountId: string,
  type: OrganizationPolicyType,
): readonly (readonly AttachedPolicy[])[] | undefined {
  return standingOf(store, accountId).policies[type];
}

function standingOf(store: Store, accountId: string): Standing {
  const revision = revisionOf(store);
  let cached = known.get(store);
  if (cached?.revision !== revision) {
    cached = { revision, standings: new Map() };
    known.set(store, cached);
  }
  let standing = cached.standings.get(accountId);
  if (standing === undefined) {
    standing = findStanding(store, accountId);
    cached.standings.set(accountId, standing);
  }
  return standing;
}

function revisionOf(store: Store): number {
  return (
    store.table("organizations:organization").revision +
    organizationAccounts(store).revision +
    organizationalUnits(store).revision +
    organizationPolicies(store).revision
  );
}

function findStanding(store: Store, accountId: string): Standing {
  const levels = findLevels(store, accountId);
  const home = organization(store);
  const isMember = home !== undefined && levels.length > 0;
  const isLimited = levels.length > 0 && home?.managementAccountId !== accountId;
  const policies = (type: OrganizationPolicyType) =>
    isLimited ? findPolicies(store, levels, type) : undefined;
  return {
    levels,
    membership: isMember
      ? { organizationId: home.id, paths: [`${[home.id, ...levels.slice(0, -1)].join("/")}/`] }
      : undefined,
    policies: {
      SERVICE_CONTROL_POLICY: policies("SERVICE_CONTROL_POLICY"),
      RESOURCE_CONTROL_POLICY: policies("RESOURCE_CONTROL_POLICY"),
    },
  };
}

function findLevels(store: Store, accountId: string): readonly string[] {
  const account = organizationAccounts(store).get(accountId);
  if (!account) return [];
  const levels = [accountId];
  for (let id: string | undefined = account.parentId; id !== undefined;) {
    levels.unshift(id);
    id = organizationalUnits(store).get(id)?.parentId;
  }
  return levels;
}

function findPolicies(store: Store, levels: readonly string[], type: OrganizationPolicyType) {
  const policies = [...organizationPolicies(store).values()].filter((policy) => policy.type === type);
  const words = type === "SERVICE_CONTROL_POLICY" ? "service control policy" : "resource control policy";
  return levels.map((id) =>
    policies
      .filter((policy) => policy.targetIds.includes(id))
      .map((policy) => attachedText(`${words} ${policy.name} attached to ${id}`, policy.content)),
  );
}
