import { Store, Table } from "../core/store";

/** How many events are kept for an account in a Region; older ones are forgotten. */
export const EVENTS_KEPT = 10_000;

/** One event, with what LookupEvents searches by. */
export interface LoggedEvent {
  readonly eventId: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly readOnly: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly userName?: string;
  readonly accessKeyId?: string;
  readonly resourceArns: readonly string[];
  /** The whole record, as JSON text. */
  readonly text: string;
}

/** The events of an account in a Region, oldest first. */
export function eventLog(store: Store, accountId: string, region: string): Table<LoggedEvent> {
  return store.table(`cloudtrail:${accountId}/${region}`);
}

/** The members of an event that the log itself reads. */
export interface RecordableEvent {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly readOnly: boolean;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly resources?: readonly { readonly ARN: string }[];
}

/** Adds an event to the log of an account. */
export function recordEvent(store: Store, accountId: string, event: RecordableEvent, at: number): void {
  if (accountId === "") return;
  const log = eventLog(store, accountId, event.awsRegion);
  const { userName, accessKeyId, arn } = event.userIdentity as Partial<Record<string, string>>;
  const shownName = userName ?? arn?.slice(arn.lastIndexOf("/") + 1);
  log.put(event.eventID, {
    eventId: event.eventID,
    eventName: event.eventName,
    eventSource: event.eventSource,
    readOnly: event.readOnly,
    at,
    ...(shownName !== undefined && { userName: shownName }),
    ...(accessKeyId !== undefined && { accessKeyId }),
    resourceArns: (event.resources ?? []).map(({ ARN }) => ARN),
    text: JSON.stringify(event),
  });
  if (log.size > EVENTS_KEPT) forgetOldest(log);
}

function forgetOldest(log: Table<LoggedEvent>): void {
  for (const [oldest] of log.entries()) {
    if (log.size <= EVENTS_KEPT) break;
    log.delete(oldest);
  }
}
