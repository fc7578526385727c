import { RotationSettings } from "../components/model/rotation-settings";
import { matchesArn } from "./arn-pattern";
import { PreflightReport } from "./check-report";
import { preflight } from "./preflight";
import { Redactor } from "./redacting";
import { RotationError } from "./rotation-error";
import { renderReport, StepReport } from "./rotation-log";
import { CheckEvent, RotationEvent } from "./rotation-event";
import { runStep } from "./steps";
import { Strategy } from "./strategy";
import { TimeBudget } from "./time-budget";
import { SecretVersions } from "./versions";

/** The part of Lambda's context that is used. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

export interface HandlerParts<Payload> {
  readonly settings: RotationSettings;
  readonly strategy: Strategy<Payload>;
  /** @param budget of the invocation; limits the calls and their repetitions */
  readonly versions: (budget: TimeBudget) => SecretVersions;
  /** Logins that servers refused since it was last asked. @default none are counted */
  readonly takeRefusedLogins?: () => number;
  /** @default standard output, which Lambda sends to CloudWatch Logs */
  readonly writeLine?: (line: string) => void;
}

/**
 * The Lambda handler of a rotation function. It logs once; a failed step throws, for Secrets Manager to repeat it. To an
 * event `{"Step": "check", "SecretId": …}` it answers what `preflight` found.
 */
export function rotationHandler<Payload>(parts: HandlerParts<Payload>) {
  return async (input: unknown, context: LambdaContext): Promise<PreflightReport | void> => {
    const started = Date.now();
    const redactor = new Redactor();
    if (isCheck(input)) return answerCheck(parts, input, context, redactor);
    const report = (event: RotationEvent, rest: Omit<StepReport, "event" | "strategy" | "durationMs">) => {
      const refusedLogins = parts.takeRefusedLogins?.() ?? 0;
      const durationMs = Date.now() - started;
      const whole = { event, strategy: parts.strategy.name, durationMs, refusedLogins, ...rest };
      (parts.writeLine ?? writeToStdout)(redactor.redact(renderReport(whole, Date.now())));
    };
    const event = toEvent(input);
    try {
      checkSecret(parts.settings, event.SecretId);
      const budget = TimeBudget.within(context.getRemainingTimeInMillis());
      const outcome = await runStep({ ...parts, versions: parts.versions(budget), budget, redactor }, event);
      report(event, { outcome });
    } catch (error) {
      const failure = publicFailure(error, redactor);
      report(event, failure);
      throw failedStep(event.Step, failure);
    }
  };
}

/** @throws RotationFailed for the ARN of another secret; everything else is part of the answer */
async function answerCheck<Payload>(
  parts: HandlerParts<Payload>,
  { SecretId }: CheckEvent,
  context: LambdaContext,
  redactor: Redactor,
): Promise<PreflightReport> {
  try {
    checkSecret(parts.settings, SecretId);
    const budget = TimeBudget.within(context.getRemainingTimeInMillis());
    return await preflight({ ...parts, versions: parts.versions(budget), budget, redactor }, SecretId);
  } catch (error) {
    throw failedStep("check", publicFailure(error, redactor));
  } finally {
    parts.takeRefusedLogins?.();
  }
}

/** Not console.log, which Lambda's JSON log format would wrap, and the metrics would be lost. */
function writeToStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}

type Failure = Required<Pick<StepReport, "code" | "message">>;

/** An error that is none of ours may hold anything in its text, so only its kind is told. */
function publicFailure(error: unknown, redactor: Redactor): Failure {
  if (error instanceof RotationError) return { code: error.code, message: redactor.redact(error.message) };
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  return { code: "internal", message: `unexpected ${kind}: this is a defect of the rotation function` };
}

/** Lambda prints message, stack and cause of what a handler throws; this one has nothing else in it. */
function failedStep(step: string, { code, message }: Failure): Error {
  const error = new Error(`${step} failed (${code}): ${message}`);
  error.name = "RotationFailed";
  error.stack = `${error.name}: ${error.message}`;
  return error;
}

const steps: readonly string[] = ["createSecret", "setSecret", "testSecret", "finishSecret"];

function isCheck(input: unknown): input is CheckEvent {
  const { Step, SecretId } = (input ?? {}) as Record<string, unknown>;
  return Step === "check" && typeof SecretId === "string" && SecretId !== "";
}

function toEvent(input: unknown): RotationEvent {
  const { Step, SecretId, ClientRequestToken, RotationToken } = (input ?? {}) as Record<string, unknown>;
  const isText = [SecretId, ClientRequestToken].every((value) => typeof value === "string" && value !== "");
  if (!isText || !steps.includes(Step as string)) {
    throw new Error(
      "not an event of Secrets Manager's rotation: Step, SecretId and ClientRequestToken are needed",
    );
  }
  const token = typeof RotationToken === "string" ? { RotationToken } : {};
  return { Step, SecretId, ClientRequestToken, ...token } as RotationEvent;
}

function checkSecret({ secretArn }: RotationSettings, secretId: string): void {
  if (secretArn === undefined || matchesArn(secretArn, secretId)) return;
  throw new RotationError("policy-refused", "this function may not rotate this secret");
}
