import { CopyAnswer, IndirectAccess, PathStep, Who } from "./answer";
import { Becoming } from "./becoming";
import { nameOf } from "./class-names";
import { OperationFrames } from "./frame";
import { keyMoves } from "./key-moves";
import { operationsOf } from "./operations";
import { FirstStep, policyChanges } from "./policy-changes";
import { getsThrough } from "./prove-operation";
import { Prover } from "./prover";
import { NamedPrincipal, SecretCopy } from "./world";

/** Somebody who has been found, with the way to a reader; a reader itself has none to go. */
interface Found {
  readonly who: Who;
  readonly steps: readonly PathStep[];
  readonly reader: Who;
}

/** The ways to act as others: all, and those that are asked about. */
export interface Ways {
  readonly all: Becoming;
  /** Leaves out, if it is not the same, what assumed principals do in their own account. */
  readonly asked: Becoming;
}

/** Those who cannot read a copy of a secret and can bring it about, with the shortest path of each. */
export function indirectAccesses(
  copy: SecretCopy,
  answer: CopyAnswer,
  prover: Prover,
  ways: Ways,
): readonly IndirectAccess[] {
  const [reading] = operationsOf("read", copy, prover.index);
  if (reading === undefined) return [];
  const readers = answer.accesses.read.map(({ who }) => who);
  const search = new PathSearch(readers, prover, ways);
  policyChanges(copy, reading, answer, search.readers, prover).forEach((one) => search.start(one));
  keyMoves(copy, search.readers, prover).forEach((one) => search.start(one));
  widenings(reading, search, prover, (accountId) => ways.asked.widenable(accountId));
  search.goOn();
  // Who has another way needs to make nobody.
  widenings(reading, search, prover, (accountId) => ways.asked.creatable(accountId));
  search.goOn();
  const { region } = copy;
  return search.found().map(({ who, steps, reader }) => ({ who, path: steps, reader, region }));
}

/** Goes back from those who read to those who can become them, nearest first. */
class PathSearch {
  readonly readers: ReadonlyMap<string, Who>;
  private readonly paths = new Map<string, Found>();
  /** Assumed principals with a path in their own account, which is not told but may lead on. */
  private readonly passedOver = new Set<string>();
  private readonly queue: Found[] = [];
  private next = 0;
  private hasBegun = false;

  constructor(
    readers: readonly Who[],
    private readonly prover: Prover,
    private readonly ways: Ways,
  ) {
    this.readers = new Map(readers.map((who) => [nameOf(who), who]));
  }

  isKnown(who: Who): boolean {
    const name = nameOf(who);
    return this.readers.has(name) || this.paths.has(name);
  }

  start({ step, reader }: FirstStep): void {
    this.add(step, { who: reader, steps: [], reader });
  }

  /** Goes back as far as it goes from the readers and from what was started with. */
  goOn(): void {
    if (!this.hasBegun) for (const who of this.readers.values()) this.goBack({ who, steps: [], reader: who });
    this.hasBegun = true;
    for (; this.next < this.queue.length; this.next++) this.goBack(this.queue[this.next]!);
  }

  found(): readonly Found[] {
    return [...this.paths.values()];
  }

  private goBack(from: Found): void {
    const principal = from.who.kind === "principal" ? this.prover.index.principal(from.who.arn) : undefined;
    if (principal === undefined) return;
    const { all, asked } = this.ways;
    for (const step of asked.of(principal)) this.add(step, from);
    if (all === asked) return;
    if (from.steps.every((step) => isWithin(step, principal.accountId))) this.passOver(principal, from);
    else for (const step of all.of(principal)) this.add(step, from);
  }

  private passOver(principal: NamedPrincipal, { steps, reader }: Found): void {
    for (const one of this.ways.asked.leadingOn(principal.accountId)) {
      if (this.passedOver.has(one.arn) || this.readers.has(one.arn) || one === principal) continue;
      const step = this.ways.all.of(principal).find(({ who }) => nameOf(who) === one.arn);
      if (step === undefined) continue;
      this.passedOver.add(one.arn);
      this.queue.push({ who: step.who, steps: [step, ...steps], reader });
    }
  }

  private add(step: PathStep, { steps, reader }: Found): void {
    if (this.isKnown(step.who)) return;
    const found = { who: step.who, steps: [step, ...steps], reader };
    this.paths.set(nameOf(step.who), found);
    this.queue.push(found);
  }
}

/** Whether a principal of the account does the step on something of the account. */
function isWithin({ who, on }: PathStep, accountId: string): boolean {
  if (who.kind !== "principal" || who.accountId !== accountId) return false;
  return (on.split(":")[4] || accountId) === accountId;
}

/** Those who can give a principal, also one that they make, the permissions that it lacks to be a reader. */
function widenings(
  reading: OperationFrames,
  search: PathSearch,
  prover: Prover,
  widenableIn: Becoming["widenable"],
): void {
  for (const account of prover.accountsWithin(reading)) {
    for (const { principal, widenings: list } of widenableIn(account)) {
      if (search.readers.has(principal.arn)) continue;
      const { arn, accountId } = principal;
      for (const { changed, steps } of list) {
        const news = steps.filter(({ who }) => !search.isKnown(who));
        if (news.length === 0) continue;
        if (!getsThrough(reading, prover.appearancesOf(changed, reading), prover)) continue;
        for (const step of news) search.start({ step, reader: { kind: "principal", arn, accountId } });
      }
    }
  }
}
