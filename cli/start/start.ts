import { join } from "node:path";
import { Children } from "../children";
import { bringUp } from "./bring-up";
import { deploy } from "./deploy";
import { inspect } from "./inspect";
import { demonstrate } from "./demonstrate";
import { printKept } from "./keep";
import { claimFolder } from "./run-folder";
import { Report, StepFailure } from "./report";
import { refuse } from "./refuse";

export interface StartOptions {
  /** The project's root folder. */
  readonly root: string;
  /** Leave everything running until Ctrl-C. */
  readonly keep: boolean;
}

/** The main job. Returns the exit code: 0 when every step held, 1 when one failed, 130 after Ctrl-C. */
export async function start({ root, keep }: StartOptions): Promise<number> {
  const folder = claimFolder(join(root, ".strongroom"));
  const children = new Children(folder.note);
  const report = new Report((line) => console.log(line));
  const stopped = interrupted();
  const endings: (() => Promise<void>)[] = [];
  const kept = { isReached: false };
  const atEnd = (stop: () => Promise<void>) => void endings.unshift(stop);
  try {
    const job = run({ root, keep, folder: folder.path, children, report, stopped, atEnd, kept });
    return await Promise.race([job, stopped.then(() => (kept.isReached ? 0 : 130))]);
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    report.write(join(root, ".strongroom/summary.json"));
    console.error(
      `\n${report.table()}\n\nfailed: ${error.step}\ncause:  ${error.reason}\ndo:     ${error.remedy}`,
    );
    return 1;
  } finally {
    await children.stopAll();
    await Promise.allSettled(endings.map((stop) => stop()));
    folder.release();
  }
}

interface Run extends StartOptions {
  readonly folder: string;
  readonly children: Children;
  readonly report: Report;
  readonly stopped: Promise<void>;
  atEnd(stop: () => Promise<void>): void;
  /** Whether all steps are done and Ctrl-C is the normal end. */
  readonly kept: { isReached: boolean };
}

async function run({ root, keep, folder, children, report, stopped, atEnd, kept }: Run): Promise<number> {
  const platform = await bringUp({ root, folder, children, report, atEnd });
  const deployment = await deploy(platform);
  await inspect(platform);
  await demonstrate(platform, deployment);
  await refuse(platform);
  report.write(join(root, ".strongroom/summary.json"));
  console.log(`\n${report.table()}\n\nsummary: .strongroom/summary.json`);
  if (keep) {
    await printKept(platform, deployment);
    kept.isReached = true;
    await stopped;
  }
  return 0;
}

/** Resolves at the first Ctrl-C or polite request to end; a second one ends the process at once. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.once(signal, () => {
        console.error(`\nstopping (${signal})`);
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}
