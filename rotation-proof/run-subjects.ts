import { ProofRun } from "./command-line";
import { expectedSeconds } from "./expected-time";
import { FinishedSubjects } from "./finished-subjects";
import { Progress } from "./progress";
import { Answer, ProofProcess } from "./proof-process";
import { SubjectReport } from "./prove";
import { nameOf, Subject } from "./subject";

/** How often a run tells how far it is. Milliseconds. */
const tellMs = 30_000;

/** Proves the subjects in several processes, the longest first. @returns the reports in the order of the subjects */
export async function proveSubjects(run: ProofRun, tell: (line: string) => void): Promise<SubjectReport[]> {
  const finished = new FinishedSubjects(run);
  const reportOf = (subject: Subject) =>
    finished.all().find(({ engine, strategy }) => engine === subject.engine && strategy === subject.strategy);
  const before = run.subjects.filter(reportOf);
  if (run.isResumed) tell(`${before.length} subjects were finished before`);
  const reports = new Map(before.map((subject) => [subject, reportOf(subject)!]));
  const due = run.subjects.filter((subject) => !reports.has(subject));
  const expected = new Map(due.map((subject) => [subject, expectedSeconds(subject, run)]));
  due.sort((one, other) => expected.get(other)! - expected.get(one)!);
  const progress = new Progress(expected, run.processes);
  const timer = setInterval(() => tell(progress.line()), tellMs);
  const proveDue = async () => {
    const process = new ProofProcess();
    for (let subject = due.shift(); subject; subject = due.shift()) {
      const report = await process.prove(subject, orderOf(subject, run), listener(subject, progress, tell));
      reports.set(subject, report);
      finished.add(report);
      progress.finish(subject, report);
      tell(progress.line());
    }
    process.stop();
  };
  await Promise.all(Array.from({ length: Math.min(run.processes, due.length) }, proveDue));
  clearInterval(timer);
  return run.subjects.map((subject) => reports.get(subject)!);
}

function orderOf(subject: Subject, { every, only }: ProofRun) {
  const loopRotations = Math.ceil(100 / every);
  return { subject: nameOf(subject), every, loopRotations, ...(only === undefined ? {} : { only }) };
}

function listener(subject: Subject, progress: Progress, tell: (line: string) => void) {
  return (answer: Answer): void => {
    if (answer.kind === "at") progress.at(subject, `${answer.cell}, call ${answer.call} of ${answer.of}`);
    if (answer.kind !== "cell") return;
    const { name, points, violations } = answer.cell;
    progress.cell(answer.cell);
    progress.at(subject, `after ${name}`);
    tell(`${nameOf(subject)}: ${name}: ${points} points, ${violations.length} violations`);
  };
}
