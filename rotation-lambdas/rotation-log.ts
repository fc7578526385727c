import { RotationErrorCode } from "./rotation-error";
import { RotationEvent, StepOutcome } from "./rotation-event";

/** Where the metrics are found in CloudWatch. */
export const metricsNamespace = "Strongroom/Rotation";

/** What one step did. Exactly one of `outcome` and `code` is there. */
export interface StepReport {
  readonly event: RotationEvent;
  readonly strategy: string;
  readonly durationMs: number;
  readonly outcome?: StepOutcome;
  readonly code?: RotationErrorCode | "internal";
  /** Redacted. */
  readonly message?: string;
  /** Logins that the server refused to the function; one in each setSecret is normal. @default 0 */
  readonly refusedLogins?: number;
}

/** The page that says what to do about a failed step, from the project's root. */
export function runbookOf(code: RotationErrorCode | "internal"): string {
  return `docs/runbooks/${code}.md`;
}

/**
 * The one log line of a step, which is its metrics too (CloudWatch embedded metric format): `Duration` in
 * milliseconds, `Failures` and `RefusedLogins`, by step, by secret and step, and by step and outcome or error code.
 * A failed step names the page of docs/runbooks that says what to do.
 *
 * @param timestamp milliseconds since the epoch
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function renderReport(report: StepReport, timestamp: number): string {
  const { event, strategy, durationMs, outcome, code, message, refusedLogins = 0 } = report;
  return JSON.stringify({
    _aws: { Timestamp: timestamp, CloudWatchMetrics: [metrics] },
    level: code ? "error" : "info",
    Step: event.Step,
    SecretArn: event.SecretId,
    versionId: event.ClientRequestToken,
    strategy,
    Duration: durationMs,
    Failures: code ? 1 : 0,
    RefusedLogins: refusedLogins,
    Outcome: code ?? outcome,
    outcome,
    code,
    message: message ?? (outcome && explanations[outcome]),
    runbook: code && runbookOf(code),
  });
}

const metrics = {
  Namespace: metricsNamespace,
  Dimensions: [["Step"], ["SecretArn", "Step"], ["Step", "Outcome"]],
  Metrics: [
    { Name: "Duration", Unit: "Milliseconds" },
    { Name: "Failures", Unit: "Count" },
    { Name: "RefusedLogins", Unit: "Count" },
  ],
};

const explanations: Readonly<Record<StepOutcome, string>> = {
  created: "stored a new value as AWSPENDING",
  seeded: "the secret was empty: stored its first value as AWSPENDING",
  "already-created": "this version already holds a value, which is kept",
  changed: "the server accepts the pending login from now on",
  "already-set": "the server accepts the pending login already",
  tested: "the pending login works",
  "tested-current": "this version has no value, as when rotation is only tested: the current login works",
  "nothing-to-test": "nothing to test: the secret has no value yet, and its first rotation makes one",
  promoted: "this version is AWSCURRENT",
  "already-current": "this version is AWSCURRENT already",
};
