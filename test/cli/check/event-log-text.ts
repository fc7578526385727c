/** An event of the engine, without its number. */
export type LogEvent = Readonly<Record<string, unknown>>;

const pack = { policyPackName: "strongroom", policyPackVersion: "0.1.0" };

/** URN of a resource of the stack that these logs are about. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::orders::${type}::${name}`;
}

/** A violation as the engine logs it: the description, then the message, then a line end. */
export function violationEvent(
  policyName: string,
  urn: string,
  message: string,
  more: LogEvent = {},
): LogEvent {
  const event = { resourceUrn: urn, policyName, ...pack, enforcementLevel: "mandatory", color: "never" };
  return { policyEvent: { ...event, message: `What it demands.\n${message}\n`, severity: "high", ...more } };
}

/** Lines of the policy `undecided`. */
export function undecidedEvent(...lines: readonly string[]): LogEvent {
  const urn = urnOf("pulumi:pulumi:Stack", "orders-dev");
  const level = { enforcementLevel: "advisory", severity: "low" };
  return violationEvent("undecided", urn, lines.join("\n"), level);
}

/** A resource that was judged. */
export function judgedEvent(urn: string, passed: readonly string[] = []): LogEvent {
  return { policyAnalyzeSummaryEvent: { resourceUrn: urn, ...pack, passed } };
}

export const summaryEvent: LogEvent = { summaryEvent: { isPreview: true, result: "failed" } };

/** The text of a log: one event a line, numbered from 0. */
export function logText(events: readonly LogEvent[]): string {
  return events
    .map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`)
    .join("");
}
