import { Conjunction, Who } from "./answer";
import { Atom, literalAtom } from "./atom";
import { principalOf, strangerSubject } from "./class-subjects";
import { Frame, OperationFrames } from "./frame";
import { textDomain } from "./key-domain";
import { PrincipalFacts } from "./principal-keys";
import { Mentions, mentionsOf } from "./policy-mentions";
import { accountCondition, kindCondition, madeUpCondition, organizationCondition } from "./stranger-labels";
import { Subject } from "./subject";
import { valueClasses } from "./value-classes";
import { Levels, WorldDocument } from "./world";
import { WorldIndex } from "./world-index";

type Organization = Pick<PrincipalFacts, "organizationId" | "organizationPaths">;

/**
 * What the documents that bear on an operation say that tells strangers apart.
 *
 * @param around mentions in what is the same for many resources: organisation and endpoints
 */
export function mentionsIn(
  operation: OperationFrames,
  around: (frame: Frame) => readonly Mentions[],
): Mentions {
  return together(mentionParts(operation, around));
}

/** As {@link mentionsIn}, document by document. */
export function mentionParts(
  { frames }: OperationFrames,
  around: (frame: Frame) => readonly Mentions[],
): readonly Mentions[] {
  const found = frames.flatMap((frame) => {
    const own = frame.policy === undefined ? [] : someMentions([frame.policy], frame.action.toLowerCase());
    return [...own, ...around(frame)];
  });
  const names = frames.flatMap(({ grants }) =>
    (grants ?? []).map(({ granteePrincipal }) => granteePrincipal),
  );
  if (names.length === 0) return found;
  return [...found, { arnAtoms: [], accountAtoms: [], organizationAtoms: [], names }];
}

/** Mentions of several documents as those of one. */
export function together(parts: readonly Mentions[]): Mentions {
  return {
    arnAtoms: parts.flatMap(({ arnAtoms }) => arnAtoms),
    accountAtoms: parts.flatMap(({ accountAtoms }) => accountAtoms),
    organizationAtoms: parts.flatMap(({ organizationAtoms }) => organizationAtoms),
    names: [...new Set(parts.flatMap(({ names }) => names))],
  };
}

/** What documents say, of those that say something. */
export function someMentions(documents: readonly WorldDocument[], action: string): readonly Mentions[] {
  return documents
    .map((document) => mentionsOf(document, action))
    .filter(
      (one) =>
        one.arnAtoms.length + one.accountAtoms.length + one.organizationAtoms.length + one.names.length > 0,
    );
}

/** Principals of an account that the world does not name, one for each way in which policies tell them apart. */
export function othersOfAccount(
  accountId: string,
  mentions: Mentions,
  index: WorldIndex,
): readonly Subject[] {
  const who: Who = { kind: "others-of-account", accountId };
  const account = index.account(accountId);
  return organizationsOf(accountId, index).flatMap(({ organization, label }) =>
    principalsOf(accountId, mentions, index).map(({ principal, condition }) => {
      const scps =
        account === undefined && organization.organizationId !== undefined ? rootScps(index) : account?.scps;
      return strangerSubject(who, principal, organization, scps, [...label, condition]);
    }),
  );
}

/** Of an account that the world does not list it is not known whether it is a member. */
function organizationsOf(
  accountId: string,
  index: WorldIndex,
): readonly { readonly organization: Organization; readonly label: Conjunction }[] {
  const { organization } = index.world;
  const account = index.account(accountId);
  if (account !== undefined)
    return [{ organization: membership(account.organizationPath, organization?.id), label: [] }];
  const outside = { organization: {}, label: [organizationCondition([], "must be")] };
  if (organization === undefined) return [{ organization: {}, label: [] }];
  const inside = {
    organization: { organizationId: organization.id },
    label: [organizationCondition([organization.id])],
  };
  return [outside, inside];
}

function membership(path: string | undefined, id: string | undefined): Organization {
  return path === undefined || id === undefined ? {} : { organizationId: id, organizationPaths: [path] };
}

/** Principals of accounts of the organisation that the world does not list. */
export function othersOfOrganization(mentions: Mentions, index: WorldIndex): readonly Subject[] {
  const { organization } = index.world;
  if (organization === undefined) return [];
  const who: Who = { kind: "others-of-organization", organizationId: organization.id };
  return otherAccounts(mentions, index).flatMap((accountId) =>
    principalsOf(accountId, mentions, index).map(({ principal }) =>
      strangerSubject(who, principal, { organizationId: organization.id }, rootScps(index), [
        accountCondition(accountId, mentions.accountAtoms),
        kindCondition(principal.kind),
      ]),
    ),
  );
}

/** Principals of accounts outside of the organisation that the world does not list. */
export function anyAwsPrincipal(mentions: Mentions, index: WorldIndex): readonly Subject[] {
  const own = index.world.organization?.id;
  const domain = textDomain("aws:principalorgid", { universe: "o-?*" });
  const atoms = [...mentions.organizationAtoms, ...(own === undefined ? [] : [literalAtom(own)])];
  const organizations = valueClasses(domain, atoms).values.filter((id) => id === undefined || id !== own);
  return otherAccounts(mentions, index).flatMap((accountId) =>
    organizations.flatMap((id) =>
      principalsOf(accountId, mentions, index).map(({ principal }) =>
        strangerSubject(
          { kind: "any-aws-principal" },
          principal,
          typeof id === "string" ? { organizationId: id } : {},
          undefined,
          [
            accountCondition(accountId, mentions.accountAtoms),
            id === undefined ? organizationCondition([], "must be") : organizationCondition([String(id)]),
            kindCondition(principal.kind),
          ],
        ),
      ),
    ),
  );
}

function rootScps(index: WorldIndex): Levels | undefined {
  const scps = index.world.organization?.rootScps;
  return scps && [scps];
}

/** Account ids that the world does not list and no policy names, as far as conditions tell them apart. */
function otherAccounts({ accountAtoms, names }: Mentions, index: WorldIndex): readonly string[] {
  const taken = new Set([...index.world.accounts.map(({ id }) => id), ...names.map(accountIn)]);
  const domain = textDomain("", { universe: "?".repeat(12), others: "0123456789", mayBeAbsent: false });
  return outside(taken, (more) => textValues(domain, [...accountAtoms, ...more]));
}

function accountIn(name: string): string {
  return /^\d{12}$/.test(name) ? name : (name.split(":")[4] ?? "");
}

/** The root user, those that policies name, and one user and one role for each way in which conditions look at ARNs. */
function principalsOf(accountId: string, { arnAtoms, names }: Mentions, index: WorldIndex) {
  const prefix = `arn:aws:iam::${accountId}:`;
  const named = names.filter((arn) => accountIn(arn) === accountId && principalOf(arn) !== undefined);
  const strangers = named.filter((arn) => index.principal(roleOf(arn)) === undefined);
  const taken = { has: (arn: string) => strangers.includes(arn) || index.principal(arn) !== undefined };
  const made = ["role/", "user/"].flatMap((kind) => {
    const domain = textDomain("", { universe: `${prefix}${kind}?*`, mayBeAbsent: false });
    return outside(taken, (more) => textValues(domain, [...arnAtoms, ...more]));
  });
  const all = [...new Set([`${prefix}root`, ...strangers, ...made])];
  return all.map((arn) => ({
    principal: principalOf(arn)!,
    condition: madeUpCondition(arn, made, arnAtoms),
  }));
}

function roleOf(arn: string): string {
  const principal = principalOf(arn);
  return principal?.kind === "role-session" ? principal.roleArn : arn;
}

function textValues(domain: Parameters<typeof valueClasses>[0], atoms: readonly Atom[]): readonly string[] {
  return valueClasses(domain, atoms).values.filter((value) => typeof value === "string");
}

/** Values that are not taken: those that are come again as atoms, so that others are found in their place. */
function outside(
  taken: Pick<ReadonlySet<string>, "has">,
  valuesFor: (more: readonly Atom[]) => readonly string[],
): readonly string[] {
  const met = new Set<string>();
  for (;;) {
    const values = valuesFor([...met].map(literalAtom));
    const more = values.filter((value) => taken.has(value) && !met.has(value));
    if (more.length === 0) return values.filter((value) => !taken.has(value));
    more.forEach((value) => met.add(value));
  }
}
