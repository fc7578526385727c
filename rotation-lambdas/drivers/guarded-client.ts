import { Login } from "../driver";
import { RotationError } from "../rotation-error";
import { TimeBudget } from "../time-budget";

/** A connection that takes statements. */
export interface StatementClient {
  query(sql: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly any[] }>;
  end(): Promise<void>;
}

/** What a driver's own statements are like. */
export interface StatementRules {
  /** Longest time for a statement. Milliseconds. */
  readonly callMs: number;
  /** Statements that give something back: they are sent with no time left as well. */
  readonly givesBack: (sql: string) => boolean;
  /** Enough of a statement to find it in the driver's folder; never a name or a value. */
  readonly firstWords: RegExp;
  readonly toRotationError: (cause: unknown, doing: string) => RotationError;
}

/** The client, with a check of the budget before each statement and errors that carry no text of the server. */
export function guardedClient(
  client: StatementClient,
  { username }: Login,
  budget: TimeBudget,
  { callMs, givesBack, firstWords, toRotationError }: StatementRules,
): StatementClient {
  return {
    async query(sql, values) {
      const doing = `statement as ${username}`;
      if (!givesBack(sql)) budget.sliceMs(callMs, doing);
      try {
        return await client.query(sql, values);
      } catch (cause) {
        throw toRotationError(cause, `${doing} (${firstWords.exec(sql)?.[0] ?? "statement"})`);
      }
    },
    end: () => client.end(),
  };
}
