import { createHash } from "crypto";
import { RotationError } from "../../rotation-error";
import { SqlServerClient } from "./client";

/** Longest wait for another rotation of the same logins. Milliseconds. */
const longestWaitMs = 5000;

/**
 * Runs `work` alone among all rotations of the same logins. The server frees the lock when the session ends.
 *
 * @throws RotationError `locked` when another session keeps the lock too long
 * @see https://learn.microsoft.com/en-us/sql/relational-databases/system-stored-procedures/sp-getapplock-transact-sql
 */
export async function withAppLock<T>(
  client: SqlServerClient,
  logins: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const hash = createHash("sha256").update(JSON.stringify(logins.toSorted())).digest("hex");
  const resource = `@Resource = N'strongroom-${hash.slice(0, 40)}', @LockOwner = 'Session'`;
  const take = `EXEC @result = sp_getapplock ${resource}, @LockMode = 'Exclusive', @LockTimeout = ${longestWaitMs}`;
  const { rows } = await client.query(`DECLARE @result int; ${take}; SELECT @result AS result`);
  if (Number(rows[0]?.result) < 0)
    throw new RotationError("locked", "sqlserver: another rotation of these logins is under way");
  try {
    return await work();
  } finally {
    await client.query(`EXEC sp_releaseapplock ${resource}`).catch(() => undefined);
  }
}
