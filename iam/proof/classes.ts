import { anonymousSubject, serviceSubject } from "./class-subjects";
import { Frame, OperationFrames } from "./frame";
import { Numbering } from "./open-test";
import { Admitted, admittedBy, Mentions, mentionsKey } from "./policy-mentions";
import {
  anyAwsPrincipal,
  mentionParts,
  othersOfAccount,
  othersOfOrganization,
  someMentions,
  together,
} from "./strangers";
import { Subject } from "./subject";
import { hasSymbol } from "./symbol";
import { Endpoint, Levels } from "./world";
import { WorldIndex } from "./world-index";

/** Those whom the world does not name, in classes; each class is made once. */
export class Classes {
  private readonly numbering = new Numbering();
  private readonly strangers = new Map<string, readonly Subject[]>();
  private readonly surrounding = new Map<string, readonly Mentions[]>();
  private readonly mentionNumbers = new WeakMap<Mentions, number>();

  /** @param endpointsFor those that a request may come through */
  constructor(
    private readonly index: WorldIndex,
    private readonly endpointsFor: (frame: Frame) => readonly Endpoint[],
  ) {}

  /** Of the owner's account and of those that the policy admits, of the organisation, of the world. */
  *of(operation: OperationFrames): Iterable<readonly Subject[]> {
    const [first] = operation.frames;
    const admitted = admittedBy(first!.policy, first!.action.toLowerCase());
    const accounts = new Set([first!.resource.accountId, ...admitted.accounts]);
    if (admitted.everyone) this.index.world.accounts.forEach(({ id }) => accounts.add(id));
    for (const id of accounts) {
      if (!this.mayEnter(id, first!, admitted)) continue;
      yield this.others(`account ${id}`, operation, this.index.account(id)?.scps, id);
    }
    if (admitted.everyone) yield* this.outsiders(operation, admitted);
    for (const service of admitted.services) yield [serviceSubject(service)];
  }

  /** Nobody else enters an account's place of whom the resource's policy names some that the world names too. */
  private mayEnter(accountId: string, { resource, grants = [] }: Frame, admitted: Admitted): boolean {
    if (accountId === resource.accountId || grants.length > 0) return true;
    const { openings, arns } = admitted;
    return (
      openings.some((one) => one.accountId === undefined || one.accountId === accountId) ||
      [...arns].some((arn) => hasSymbol(arn) || this.isStranger(arn, accountId))
    );
  }

  private isStranger(arn: string, accountId: string): boolean {
    return arn.split(":")[4] === accountId && this.index.principal(arn) === undefined;
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

  /** Named principals are looked at by themselves. */
  private relevant({ names, ...atoms }: Mentions): Mentions {
    return {
      ...atoms,
      names: names.filter((name) => this.index.principal(name) === undefined),
    };
  }
}
