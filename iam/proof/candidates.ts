import { prepareEvaluation } from "../evaluation";
import { textsOf } from "./document-texts";
import { Frame } from "./frame";
import { actionView } from "./action-view";
import { Opening } from "./opening";
import { admitsPrincipal, admittedBy } from "./policy-mentions";
import { ResourceList } from "./resource-list";
import { hasSymbol } from "./symbol";
import { mayComeToMatch } from "./symbol-match";
import { isKnown, NamedPrincipal } from "./world";
import { CompiledStatement } from "../compiled-statement";

/** Named principals whose own policies let them do one action, by the resources that those policies name. */
interface ByAction {
  readonly byResource: ReadonlyMap<string, readonly NamedPrincipal[]>;
  /** Principals whose policies must be asked about each resource, by account. */
  readonly anywhere: ReadonlyMap<string, readonly NamedPrincipal[]>;
  /** All whose policies allow the action on something. */
  readonly acting: readonly NamedPrincipal[];
}

/** Finds the named principals that may get through, so that pairs that cannot meet are never looked at. */
export class Candidates {
  private readonly byAction = new Map<string, ByAction>();
  private readonly byAccount = new Map<string, NamedPrincipal[]>();
  private readonly byArn: ReadonlyMap<string, NamedPrincipal>;
  private readonly bySessionRole = new Map<string, NamedPrincipal>();
  private readonly resources: ResourceList;
  private readonly symbolicPrincipals: readonly NamedPrincipal[];

  /** @param resources ARNs that will be asked about */
  constructor(
    private readonly principals: readonly NamedPrincipal[],
    resources: Iterable<string>,
  ) {
    this.resources = new ResourceList(resources);
    this.symbolicPrincipals = principals.filter(({ arn }) => hasSymbol(arn));
    this.byArn = new Map(principals.map((principal) => [principal.arn, principal]));
    for (const principal of principals) {
      const { accountId, arn } = principal;
      add(this.byAccount, accountId, principal);
      this.bySessionRole.set(`${accountId}/${arn.slice(arn.lastIndexOf("/") + 1)}`, principal);
    }
  }

  /** A superset of the named principals who are allowed the frame's request. */
  of(frame: Frame): ReadonlySet<NamedPrincipal> {
    const action = frame.action.toLowerCase();
    const { arn, accountId } = frame.resource;
    const admitted = admittedBy(frame.policy, action);
    const { byResource, anywhere, acting } = this.indexOf(action);
    const found = new Set<NamedPrincipal>();
    // Of a resource that is still to be made no policy has been asked.
    for (const principal of this.resources.has(arn) ? (byResource.get(arn) ?? []) : acting) {
      const isOwn = principal.accountId === accountId;
      if (isOwn || admitsPrincipal(admitted, principal.accountId, principal.arn)) found.add(principal);
    }
    anywhere.get(accountId)?.forEach((principal) => found.add(principal));
    for (const opening of admitted.openings) {
      for (const principal of this.through(opening, accountId, anywhere)) found.add(principal);
    }
    for (const name of [...admitted.arns, ...grantees(frame)]) {
      for (const principal of this.named(name)) found.add(principal);
    }
    return found;
  }

  /** Those whom an opening lets in: of other accounts those that their own policies let do it. */
  private through(
    { accountId, arns, admits }: Opening,
    owner: string,
    anywhere: ByAction["anywhere"],
  ): readonly NamedPrincipal[] {
    if (arns !== undefined) return [...arns].flatMap((arn) => this.named(arn));
    const lists =
      accountId === undefined ? [...anywhere.values(), this.byAccount.get(owner)] : [anywhere.get(accountId)];
    return lists.flatMap((list) => list?.filter(({ arn }) => admits(arn)) ?? []);
  }

  /** The principal of the name, and those that may turn out to be it. */
  private named(name: string): readonly NamedPrincipal[] {
    const exact = this.byArn.get(name) ?? this.ofSession(name);
    const others = hasSymbol(name) ? this.principals : this.symbolicPrincipals;
    const possible = others.filter(({ arn }) => mayComeToMatch(name, arn));
    return exact === undefined ? possible : [exact, ...possible];
  }

  /** The named role of a session. */
  ofSession(name: string): NamedPrincipal | undefined {
    const [, , , accountId, rest = ""] = /^arn:([^:]*):(sts)::(\d{12}):assumed-role\/(.*)$/.exec(name) ?? [];
    return this.bySessionRole.get(`${accountId}/${rest.split("/")[0]!}`);
  }

  private indexOf(action: string): ByAction {
    let known = this.byAction.get(action);
    if (known === undefined) this.byAction.set(action, (known = this.makeIndex(action)));
    return known;
  }

  private makeIndex(action: string): ByAction {
    const byResource = new Map<string, NamedPrincipal[]>();
    const anywhere = new Map<string, NamedPrincipal[]>();
    const acting: NamedPrincipal[] = [];
    for (const principal of this.principals) {
      const allows = principal.identity.flatMap((document): readonly (CompiledStatement | "unknown")[] =>
        isKnown(document) ? actionView(document.policy, action).allows : ["unknown"],
      );
      if (allows.length === 0) continue;
      acting.push(principal);
      const matched = this.matchedBy(principal, allows, action);
      if (matched === undefined) add(anywhere, principal.accountId, principal);
      else for (const arn of matched) add(byResource, arn, principal);
    }
    return { byResource, anywhere, acting };
  }

  /** Resources that the statements name; `undefined` when they may be any. */
  private matchedBy(
    { arn, kind, accountId }: NamedPrincipal,
    allows: readonly (CompiledStatement | "unknown")[],
    action: string,
  ): ReadonlySet<string> | undefined {
    const matched = new Set<string>();
    const sessionArn = arn;
    const principal =
      kind === "user"
        ? ({ kind, accountId, arn } as const)
        : ({ kind: "role-session", accountId, roleArn: arn, sessionArn } as const);
    for (const statement of allows) {
      if (statement === "unknown") return undefined;
      const { resource, statement: written } = statement.parts;
      const { resources, resourceVariables } = textsOf(statement.parts);
      const isPlain =
        resource !== undefined && written.Resource !== undefined && resourceVariables.length === 0;
      if (!isPlain) return undefined;
      for (const candidate of this.resources.startingLike(resources)) {
        const request = { principal, action, resource: { arn: candidate, accountId }, context: {} };
        if (hasSymbol(candidate) || resource(prepareEvaluation(request, false))) matched.add(candidate);
      }
    }
    return matched;
  }
}

function add(lists: Map<string, NamedPrincipal[]>, key: string, principal: NamedPrincipal): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [principal]);
  else if (list.at(-1) !== principal) list.push(principal);
}

function grantees({ grants }: Frame): readonly string[] {
  return (grants ?? []).map(({ granteePrincipal }) => granteePrincipal);
}
