import { Cell, SubjectReport } from "./prove";
import { nameOf, Subject } from "./subject";

/** Counts what is done of a run, for the line that tells how long is left. */
export class Progress {
  private points = 0;
  private violations = 0;
  private done = 0;
  private doneSeconds = 0;
  private readonly under = new Map<string, string>();

  /**
   * @param expected of each subject that is to be proved, seconds
   * @param processes that share them
   * @param now milliseconds
   */
  constructor(
    private readonly expected: ReadonlyMap<Subject, number>,
    private readonly processes: number,
    private readonly now: () => number = Date.now,
    private readonly startedAt = now(),
  ) {}

  cell({ points, violations }: Cell): void {
    this.points += points;
    this.violations += violations.length;
  }

  /** A subject is at this place. */
  at(subject: Subject, place: string): void {
    this.under.set(nameOf(subject), place);
  }

  finish(subject: Subject, { cells }: SubjectReport): void {
    const own = cells.find(({ name }) => name === "proof");
    if (own) this.cell(own);
    this.under.delete(nameOf(subject));
    this.done += 1;
    this.doneSeconds += this.expected.get(subject)!;
  }

  /** Such as `3 of 41 subjects, 1204 points, 0 violations, 2 min gone, about 26 min left; now a: F5, b: F12`. */
  line(): string {
    const gone = (this.now() - this.startedAt) / 1000;
    const places = [...this.under].map(([name, place]) => `${name}: ${place}`).join(", ");
    return [
      `${this.done} of ${this.expected.size} subjects, ${this.points} points, ${this.violations} violations`,
      `${minutes(gone)} gone, ${this.left(gone)}${places && `; now ${places}`}`,
    ].join(", ");
  }

  /** By what is done, once that is enough to judge by; else by what was expected. */
  private left(gone: number): string {
    const all = [...this.expected.values()].reduce((sum, seconds) => sum + seconds, 0);
    const rest = all - this.doneSeconds;
    const perSecond = this.done > this.processes ? gone / this.doneSeconds : 1 / this.processes;
    return `about ${minutes(rest * perSecond)} left`;
  }
}

function minutes(seconds: number): string {
  return `${Math.round(seconds / 60)} min`;
}
