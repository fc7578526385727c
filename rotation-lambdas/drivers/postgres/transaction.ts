import { TimeBudget } from "../../time-budget";
import { PostgresClient } from "./client";

/** Longest statement; less than the driver's own limit for a call. Milliseconds. */
const longestStatementMs = 7000;

/** Longest wait for a lock of another session. Milliseconds. */
const lockTimeoutMs = 5000;

/**
 * Runs `work` in one transaction, alone among all rotations of the same users: two changes of one role at once end in
 * "tuple concurrently updated". The server gives up before the client does, so that nothing is done unseen later.
 *
 * @param lockName the same text for the same users
 */
export async function inTransaction<T>(
  client: PostgresClient,
  budget: TimeBudget,
  lockName: string,
  work: () => Promise<T>,
): Promise<T> {
  const statementMs = Math.max(1, Math.floor(Math.min(longestStatementMs, budget.remainingMs() * 0.8)));
  await client.query("BEGIN");
  try {
    await client.query(`SET LOCAL statement_timeout = ${statementMs}`);
    await client.query(`SET LOCAL lock_timeout = ${Math.min(lockTimeoutMs, Math.ceil(statementMs / 2))}`);
    await client.query("SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended($1, 0))", [
      lockName,
    ]);
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
