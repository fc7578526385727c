import { Candidates } from "./candidates";
import { Classes } from "./classes";
import { Frame, OperationFrames } from "./frame";
import { namedSubjects } from "./named-subjects";
import { Numbering } from "./open-test";
import { admittedBy } from "./policy-mentions";
import { Counts } from "./proof";
import { problemOf } from "./problem";
import { RouteSurroundings } from "./route-candidates";
import { Solutions } from "./solutions";
import { DENIED_ANYWAY, Solution } from "./solve";
import { Subject } from "./subject";
import { surroundingsOf } from "./surroundings";
import { AccessWorld, Endpoint, NamedPrincipal, WorldDocument } from "./world";
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
  private readonly solutions: Solutions;
  private readonly subjects = new WeakMap<NamedPrincipal, Map<string, readonly Subject[]>>();
  private readonly residual: Classes;
  private readonly around = new Map<string, RouteSurroundings>();
  private pairs = 0;

  constructor(world: AccessWorld) {
    this.index = new WorldIndex(world);
    this.since = Date.parse(world.since ?? "2026-01-01T00:00:00Z");
    this.solutions = new Solutions(this.since);
    this.candidates = new Candidates(world.principals, resourcesOf(world));
    this.residual = new Classes(this.index, (frame) => this.endpointsFor(frame));
  }

  counts(): Counts {
    return { pairs: this.pairs, branches: this.solutions.branches };
  }

  /** When the caller gets the operation through. */
  solution(operation: OperationFrames, subject: Subject): Solution {
    this.pairs++;
    const [first] = operation.frames;
    // What a service does on its own behalf comes through nobody's endpoint.
    const endpoints = subject.principal.kind === "service" ? NO_ENDPOINTS : this.endpointsFor(first!);
    const problem = problemOf(operation, subject, endpoints, this.numbering);
    if (problem === undefined) return DENIED_ANYWAY;
    const whose = `${operation.operation} ${first!.region} ${sideOf(subject)}`;
    return this.solutions.of(problem, whose, this.surroundings(serviceOf(first!), first!.region));
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
  classes(operation: OperationFrames): Iterable<readonly Subject[]> {
    return this.residual.of(operation);
  }

  private endpointsFor(frame: Frame): readonly Endpoint[] {
    return this.index.endpoints(serviceOf(frame), frame.region);
  }

  /** What requests for a service in a Region can come through. */
  surroundings(service: string, region: string): RouteSurroundings {
    const place = `${service} ${region}`;
    let known = this.around.get(place);
    if (known === undefined) this.around.set(place, (known = surroundingsOf(service, region, this.index)));
    return known;
  }
}

const NO_ENDPOINTS: readonly Endpoint[] = [];

/** Callers whom a decision treats alike, given what their policies come to. */
function sideOf({ principal: { kind } }: Subject): string {
  return kind === "role-session" ? "user" : kind;
}

function serviceOf({ action }: Frame): string {
  return action.slice(0, action.indexOf(":"));
}
