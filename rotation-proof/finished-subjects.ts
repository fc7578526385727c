import { createHash } from "crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "fs";
import { homedir } from "os";
import { dirname, join } from "path";
import { ProofRun } from "./command-line";
import { SubjectReport } from "./prove";

const root = join(__dirname, "..");
const usualFile = join(homedir(), ".cache/strongroom/rotation-proof.json");

/** What the proof depends on: another version of any of these files makes finished subjects worthless. */
const sources = ["rotation-lambdas", "rotation-proof", "components/model", "local", "iam"];

/** The reports of a run so far, kept so that a run that was stopped can go on. */
export class FinishedSubjects {
  private readonly reports: SubjectReport[];

  /** @param file @default one in the user's cache */
  constructor(
    run: Pick<ProofRun, "every" | "only" | "isResumed">,
    private readonly file = usualFile,
    private readonly key = keyOf(run),
  ) {
    this.reports = run.isResumed ? readReports(file, key) : [];
  }

  /** Reports without violations of a run with the same options and sources, of subjects that could be run. */
  all(): readonly SubjectReport[] {
    return this.reports;
  }

  add(report: SubjectReport): void {
    if (report.isSkipped || report.cells.some(({ violations }) => violations.length > 0)) return;
    this.reports.push(report);
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify({ key: this.key, reports: this.reports }));
  }
}

function readReports(file: string, key: string): SubjectReport[] {
  try {
    const saved = JSON.parse(readFileSync(file, "utf8")) as { key: string; reports: SubjectReport[] };
    return saved.key === key ? saved.reports : [];
  } catch {
    // Never run, or stopped while it was written.
    return [];
  }
}

function keyOf({ every, only }: Pick<ProofRun, "every" | "only">): string {
  const hash = createHash("sha256").update(JSON.stringify([every, only]));
  for (const folder of sources) {
    const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
    for (const name of names.filter((file) => file.endsWith(".ts")).sort())
      hash.update(name).update(readFileSync(join(root, folder, name)));
  }
  return hash.digest("hex");
}
