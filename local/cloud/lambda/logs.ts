import { Store, Table } from "../core/store";
import { FunctionRecord, placeOf } from "./function-record";

/** The log of one invocation. */
export interface InvocationLog {
  readonly requestId: string;
  /** Milliseconds since the epoch, by the cloud's clock. */
  readonly at: number;
  readonly text: string;
}

/** Characters of log that are kept of each function. */
const KEPT_CHARACTERS = 256 * 1024;

/** By the function's place, a slash and the request id; oldest first. */
export function logs(store: Store): Table<InvocationLog> {
  return store.table("lambda:logs");
}

/** Keeps an invocation's log, and of the function's older ones as many as there is room for. */
export function keepLog(store: Store, record: FunctionRecord, log: InvocationLog): void {
  const prefix = `${placeOf(record)}/`;
  const text = log.text.slice(-KEPT_CHARACTERS);
  store.transaction(() => {
    const table = logs(store);
    const older = [...table.entries()].filter(([key]) => key.startsWith(prefix));
    let room = KEPT_CHARACTERS - text.length;
    for (const [key, entry] of older.reverse()) {
      room -= entry.text.length;
      if (room < 0) table.delete(key);
    }
    table.put(`${prefix}${log.requestId}`, { ...log, text });
  });
}

/** Everything that is kept of a function's logs, oldest first. */
export function logText(store: Store, record: Pick<FunctionRecord, "accountId" | "region" | "name">): string {
  const prefix = `${placeOf(record)}/`;
  const own = [...logs(store).entries()].filter(([key]) => key.startsWith(prefix));
  return own.map(([, { text }]) => text).join("");
}
