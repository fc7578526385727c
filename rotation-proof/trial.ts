import { RotationSettings } from "../components/model/rotation-settings";
import { rotationHandler } from "../rotation-lambdas/handler";
import { Environment, secretsManagerVersions } from "../rotation-lambdas/secrets-manager";
import { Strategy } from "../rotation-lambdas/strategy";
import { SecretVersions } from "../rotation-lambdas/versions";
import { CrashRecorder } from "./crash-recorder";
import { RotationCall, RotationFunctionCode } from "./in-process-lambda";
import { ProofCloud } from "./proof-cloud";
import { SubjectCase, SubjectServer } from "./subject";

/** What a trial starts from. */
export interface Start {
  /** Unique; see `SubjectServer.newCase`. */
  readonly name: string;
  /** Whether the secret begins without a value. */
  readonly isSeeded?: boolean;
  /** Rotations that take place before, undisturbed. @default 0 */
  readonly rotationsBefore?: number;
  /** See `CaseOptions`. */
  readonly overlapMs?: number;
}

/** What a function runs under, when it is not the usual. */
export interface Circumstances {
  /** Replaces the secret's versions that it sees. */
  readonly change?: (versions: SecretVersions) => SecretVersions;
  readonly settings?: RotationSettings;
  /** Replaces the strategy. */
  readonly strategy?: (whole: Strategy<any>) => Strategy<any>;
  readonly environment?: Environment;
  /** Of Lambda's time for a step. Milliseconds. */
  readonly remainingMs?: number;
}

/** Milliseconds that Lambda would give each step. */
const stepMs = 20_000;

/** One secret, its rotation function, and everything the function has written. */
export class Trial {
  /** Log lines and the messages of errors. */
  readonly written: string[] = [];
  /** Every text that must not be seen anywhere. */
  readonly secretTexts = new Set<string>();

  private constructor(
    readonly cloud: ProofCloud,
    readonly subject: SubjectCase,
  ) {}

  /** @throws Error when one of the rotations before fails: nothing can be proved then */
  static async prepare(cloud: ProofCloud, server: SubjectServer, start: Start): Promise<Trial> {
    const { isSeeded = false, overlapMs = 0 } = start;
    const options = { secrets: cloud, isSeeded, overlapMs };
    const trial = new Trial(cloud, await server.newCase(start.name, options));
    const first = await trial.value("AWSCURRENT");
    if (first !== undefined) trial.remember(first);
    for (let turn = 0; turn < (start.rotationsBefore ?? 0); turn++) {
      const { attempt } = await trial.rotate(new CrashRecorder());
      if (attempt !== "succeeded") throw new Error(`rotation before the trial: ${trial.written.at(-1)}`);
    }
    return trial;
  }

  value(stage: string): Promise<string | undefined> {
    return this.cloud.value(this.subject.secretArn, { stage });
  }

  rotate(recorder: CrashRecorder) {
    return this.cloud.rotate(this.subject.secretArn, this.code(recorder));
  }

  retry(recorder: CrashRecorder) {
    return this.cloud.retry(this.subject.secretArn, this.code(recorder));
  }

  /** The function's code as one process. */
  code(recorder: CrashRecorder, circumstances: Circumstances = {}): RotationFunctionCode {
    const {
      change = (same) => same,
      strategy = (same) => same,
      settings,
      environment,
      remainingMs = stepMs,
    } = circumstances;
    const handler = rotationHandler({
      settings: settings ?? this.subject.settings,
      strategy: strategy(this.subject.strategy(recorder)),
      versions: (budget) => {
        const client = secretsManagerVersions(environment ?? this.cloud.environment, budget);
        return recorder.wrap("secrets", change(this.capturing(client)));
      },
      writeLine: (line) => this.written.push(line),
    });
    return async (event: RotationCall) => {
      try {
        return await handler(event, { getRemainingTimeInMillis: () => remainingMs });
      } catch (error) {
        this.written.push(String((error as Error).stack));
        throw error;
      }
    };
  }

  remember(secretString: string): void {
    const strategy: Strategy<unknown> = this.subject.strategy(new CrashRecorder());
    const parsed = strategy.parse(secretString);
    if (!parsed.ok) return;
    for (const text of strategy.secretTexts(parsed.value)) this.secretTexts.add(text);
  }

  /** Every value is remembered as it is stored, so that it can be looked for in the logs. */
  private capturing(versions: SecretVersions): SecretVersions {
    const putPending: SecretVersions["putPending"] = (put) => {
      this.remember(put.text);
      return versions.putPending(put);
    };
    return { ...versions, putPending };
  }
}
