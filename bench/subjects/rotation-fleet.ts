import { CrashRecorder } from "../../rotation-proof/crash-recorder";
import { ProofCloud } from "../../rotation-proof/proof-cloud";
import { SubjectServer } from "../../rotation-proof/subject";
import { postgresSubjects } from "../../rotation-proof/subjects/postgres";
import { Trial } from "../../rotation-proof/trial";
import { Figure } from "../figure";

/** Secrets that are due at once. */
const SECRETS = 1000;
/** Functions that run at the same time, as Lambda's concurrency would have them. */
const AT_ONCE = 10;
/** Pause of the application between two logins, each with another secret. Milliseconds. */
const PAUSE_MS = 50;

/** A thousand secrets of alternating users due at once: throughput, and logins that an application saw refused. */
export async function measure(): Promise<readonly Figure[]> {
  const subject = postgresSubjects.find(({ strategy }) => strategy === "alternating-users")!;
  const cloud = await ProofCloud.start();
  const server = await subject.start();
  try {
    const trials = await prepareAll(cloud, server);
    const logins = new Logins(trials);
    const running = logins.run();
    const started = performance.now();
    const failed = await rotateAll(trials);
    const seconds = (performance.now() - started) / 1000;
    logins.stop();
    await running;
    return figures(seconds, failed, logins);
  } finally {
    await server.stop();
    await cloud.stop();
  }
}

async function prepareAll(cloud: ProofCloud, server: SubjectServer): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (let n = 0; n < SECRETS; n++) trials.push(await Trial.prepare(cloud, server, { name: `fleet_${n}` }));
  return trials;
}

/** @returns how many did not succeed */
async function rotateAll(trials: readonly Trial[]): Promise<number> {
  const due = [...trials];
  let failed = 0;
  const worker = async () => {
    for (let trial = due.pop(); trial; trial = due.pop()) {
      const { attempt } = await trial.rotate(new CrashRecorder());
      if (attempt !== "succeeded") failed += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failed;
}

/** An application that logs in anew with AWSCURRENT of one secret after the other. */
class Logins {
  count = 0;
  refused = 0;
  private isStopped = false;

  constructor(private readonly trials: readonly Trial[]) {}

  async run(): Promise<void> {
    while (!this.isStopped) {
      const trial = this.trials[Math.floor(Math.random() * this.trials.length)]!;
      this.count += 1;
      if (!(await trial.subject.logIn((await trial.value("AWSCURRENT"))!))) this.refused += 1;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  stop(): void {
    this.isStopped = true;
  }
}

function figures(seconds: number, failed: number, { count, refused }: Logins): Figure[] {
  const what = `${SECRETS} secrets of alternating users on PostgreSQL over TLS, ${AT_ONCE} functions at once`;
  return [
    {
      ...{ name: "fleet: secrets rotated a minute", value: (SECRETS / seconds) * 60, unit: "/min" },
      detail: `${what}, in ${seconds.toFixed(0)} s; server, cloud and functions on this machine`,
    },
    {
      ...{ name: "fleet: rotations that failed", value: failed, unit: "" },
      goal: { relation: "<=", value: 0 },
      detail: what,
    },
    {
      ...{ name: "fleet: refused logins", value: refused, unit: "" },
      goal: { relation: "<=", value: 0 },
      detail: `of ${count} new logins with AWSCURRENT of one secret after the other during the rotations`,
    },
  ];
}
