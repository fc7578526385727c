import { Who } from "./answer";
import { nameOf } from "./class-names";
import { OperationFrames } from "./frame";
import { getsThrough } from "./prove-operation";
import { Prover } from "./prover";
import { Subject } from "./subject";

/** Who reads once a policy, or the key, has been changed; each is asked about when it matters. */
export class ChangedReading {
  private found?: { readonly reader: Who | undefined };

  constructor(
    private readonly reading: OperationFrames,
    private readonly readers: ReadonlyMap<string, Who>,
    private readonly prover: Prover,
  ) {}

  isReadBy(who: Who): boolean {
    return getsThrough(this.reading, this.subjectsOf(who), this.prover);
  }

  /** Somebody who does not read as things are. */
  someReader(): Who | undefined {
    this.found ??= { reader: this.findReader() };
    return this.found.reader;
  }

  private findReader(): Who | undefined {
    const isNew = ({ arn }: { readonly arn: string }) => !this.readers.has(arn);
    for (const subjects of this.prover.appearances(this.reading, isNew)) {
      const who = subjects[0]?.who;
      if (who === undefined || this.readers.has(nameOf(who))) continue;
      if (getsThrough(this.reading, subjects, this.prover)) return who;
    }
    return undefined;
  }

  private subjectsOf(who: Who): readonly Subject[] {
    const principal = who.kind === "principal" ? this.prover.index.principal(who.arn) : undefined;
    if (principal !== undefined) return this.prover.appearancesOf(principal, this.reading);
    for (const subjects of this.prover.classes(this.reading)) {
      if (subjects[0] !== undefined && nameOf(subjects[0].who) === nameOf(who)) return subjects;
    }
    return [];
  }
}
