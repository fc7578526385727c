import { admittedBy, Admitted, Mentions, mentionsKey } from "./policy-mentions";
import { anonymousSubject, serviceSubject } from "./class-subjects";
import { Candidates } from "./candidates";
import { Frame, OperationFrames } from "./frame";
import { namedSubjects } from "./named-subjects";
import { Numbering } from "./open-test";
import { Counts } from "./proof";
import { problemOf } from "./problem";
import { RouteSurroundings } from "./route-candidates";
import {
  anyAwsPrincipal,
  mentionParts,
  othersOfAccount,
  othersOfOrganization,
  someMentions,
  together,
} from "./strangers";
import { DENIED_ANYWAY, Solution, solve } from "./solve";
import { Subject } from "./subject";
import { surroundingsOf } from "./surroundings";
import { AccessWorld, Endpoint, Levels, NamedPrincipal, WorldDocument } from "./world";
import { sessionsOf } from "./named-sessions";
import { WorldIndex } from "./world-index";
import { resourcesOf } from "./world-resources";

/** Works out the answers about one world; keeps what several questions need. */
export class Prover {
  readonly index: WorldIndex;
  /** No request is made before; milliseconds since 1970. */
  readonly since: number;
  private readonly numbering = new Numbering();
  private readonly candidates: Candidates;
  private readonly solutions = new Map<string, Solution>();
  private readonly subjects = new WeakMap<NamedPrincipal, Map<string, readonly Subject[]>>();
  private readonly strangers = new Map<string, readonly Subject[]>();
  private readonly surrounding = new Map<string, readonly Mentions[]>();
  private readonly mentionNumbers = new WeakMap<Mentions, number>();
  private pairs = 0;
  private branches = 0;

  constructor(world: AccessWorld) {
    this.index = new WorldIndex(world);
    this.since = Date.parse(world.since ?? "2026-01-01T00:00:00Z");
    this.candidates = new Candidates(world.principals, resourcesOf(world));
  }

  counts(): Counts {
    return { pairs: this.pairs, branches: this.branches };
  }

  /** When the caller gets the operation through. */
  solution(operation: OperationFrames, subject: Subject): Solution {
    this.pairs++;
    const first = operation.frames[0]!;
    const service = serviceOf(first);
    // What a service does on its own behalf comes through nobody's endpoint.
    const endpoints = subject.principal.kind === "service" ? [] : this.endpointsFor(first);
    const problem = problemOf(operation, subject, endpoints, this.numbering);
    if (problem === undefined) return DENIED_ANYWAY;
    if (problem.slate.tests.length === 0 && problem.restricting.size === 0) {
      return solve(problem, this.surroundings(service, first.region), this.since);
    }
    const key = `${operation.operation} ${first.region} ${subject.domain} ${problem.signature}`;
    let known = this.solutions.get(key);
    if (known === undefined) {
      known = solve(problem, this.surroundings(service, first.region), this.since);
      this.branches += known.branches;
      this.solutions.set(key, known);
    }
    return known;
  }

  /** Everyone who may get the operation through, each with the ways in which it can appear; named ones first. */
  *appearances(
    operation: OperationFrames,
    isAsked?: (principal: NamedPrincipal) => boolean,
  ): Iterable<readonly Subject[]> {
    for (const principal of this.candidates.of(operation.frames[0]!)) {
      if (isAsked?.(principal) !== false) yield this.appearancesOf(principal, operation);
    }
    yield* this.classes(operation);
  }

  /** The ways in which a named principal can appear. */
  appearancesOf(principal: NamedPrincipal, { frames }: OperationFrames): readonly Subject[] {
    const sessions =
      principal.kind === "role" ? sessionsOf(principal, frames, this.endpointsFor(frames[0]!)) : [];
    const key = sessions.join();
    let ofPrincipal = this.subjects.get(principal);
    if (ofPrincipal === undefined) this.subjects.set(principal, (ofPrincipal = new Map()));
    let known = ofPrincipal.get(key);
    if (known === undefined) ofPrincipal.set(key, (known = namedSubjects(principal, sessions, this.index)));
    return known;
  }

  /** Accounts whose principals the first request's policy lets in or leaves to themselves; the owner's first. */
  accountsWithin({ frames: [first] }: OperationFrames): readonly string[] {
    const { everyone, accounts } = admittedBy(first!.policy, first!.action.toLowerCase());
    const all = everyone ? this.index.accountsOfPrincipals() : accounts;
    return [...new Set([first!.resource.accountId, ...all])];
  }

  /** Whether a policy names a service for an action; one that is not known may. */
  admits(policy: WorldDocument | undefined, action: string, service: string): boolean {
    const { everyone, services } = admittedBy(policy, action);
    return everyone || services.has(service);
  }

  /** The named role of a session. */
  roleOfSession(sessionArn: string): NamedPrincipal | undefined {
    return this.candidates.ofSession(sessionArn);
  }

  /** Those who remain: of the owner's account and those that the policy admits, of the organisation, of the world. */
  *classes(operation: OperationFrames): Iterable<readonly Subject[]> {
    const { resource, policy, action } = operation.frames[0]!;
    const admitted = admittedBy(policy, action.toLowerCase());
    const accounts = new Set([resource.accountId, ...admitted.accounts]);
    if (admitted.everyone) this.index.world.accounts.forEach(({ id }) => accounts.add(id));
    for (const id of accounts)
      yield this.others(`account ${id}`, operation, this.index.account(id)?.scps, id);
    if (admitted.everyone) yield* this.outsiders(operation, admitted);
    for (const service of admitted.services) yield [serviceSubject(service)];
  }

  private *outsiders(operation: OperationFrames, { services }: Admitted): Iterable<readonly Subject[]> {
    const root = this.index.world.organization?.rootScps;
    yield this.others("organization", operation, root && [root]);
    yield this.others("any", operation, undefined);
    yield [anonymousSubject];
    if (services.size === 0) yield [serviceSubject(undefined)];
  }

  private others(
    whose: string,
    operation: OperationFrames,
    scps: Levels | undefined,
    accountId = "",
  ): readonly Subject[] {
    const parts = mentionParts(operation, (frame) => this.around(frame, whose, scps));
    const key = `${whose} ${parts.map((part) => this.numberOf(part)).join()}`;
    let known = this.strangers.get(key);
    if (known === undefined) {
      const mentions = this.relevant(together(parts));
      if (whose === "any") known = anyAwsPrincipal(mentions, this.index);
      else if (whose === "organization") known = othersOfOrganization(mentions, this.index);
      else known = othersOfAccount(accountId, mentions, this.index);
      this.strangers.set(key, known);
    }
    return known;
  }

  /** The same for mentions that come to the same. */
  private numberOf(part: Mentions): number {
    let known = this.mentionNumbers.get(part);
    if (known === undefined) {
      known = this.numbering.of(mentionsKey(this.relevant(part)));
      this.mentionNumbers.set(part, known);
    }
    return known;
  }

  /** What organisation and endpoints say about the frame's action. */
  private around(frame: Frame, whose: string, scps: Levels | undefined): readonly Mentions[] {
    const action = frame.action.toLowerCase();
    const key = `${whose} ${action} ${frame.region} ${frame.resource.accountId}`;
    let known = this.surrounding.get(key);
    if (known === undefined) {
      const endpoints = this.endpointsFor(frame);
      const documents = [
        ...(frame.rcps ?? []),
        ...(scps ?? []),
        endpoints.flatMap(({ policy }) => policy ?? []),
      ].flat();
      this.surrounding.set(key, (known = someMentions(documents, action)));
    }
    return known;
  }

  private endpointsFor(frame: Frame): readonly Endpoint[] {
    return this.index.endpoints(serviceOf(frame), frame.region);
  }

  /** Named principals are looked at by themselves. */
  private relevant({ names, ...atoms }: Mentions): Mentions {
    return {
      ...atoms,
      names: names.filter((name) => this.index.principal(name) === undefined),
    };
  }

  surroundings(service: string, region: string): RouteSurroundings {
    return surroundingsOf(service, region, this.index);
  }
}

function serviceOf({ action }: Frame): string {
  return action.slice(0, action.indexOf(":"));
}
