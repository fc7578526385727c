import { createHash } from "crypto";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { MysqlClient } from "./client";

/** Longest wait for another rotation of the same users. Seconds. */
const longestWait = 5;

/**
 * Runs `work` alone among all rotations of the same users; user management has no transactions in this engine. The
 * server frees the lock when the session ends, however it ends.
 *
 * @param users in any order
 * @throws RotationError `locked` when another session keeps the lock too long
 */
export async function withNamedLock<T>(
  client: MysqlClient,
  budget: TimeBudget,
  users: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const hash = createHash("sha256").update(JSON.stringify(users.toSorted())).digest("hex");
  const name = `strongroom-${hash.slice(0, 40)}`;
  const seconds = Math.min(longestWait, Math.floor(budget.remainingMs() / 2000));
  const { rows } = await client.query(`SELECT GET_LOCK('${name}', ${seconds}) AS got`);
  if (Number(rows[0]?.got) !== 1)
    throw new RotationError("locked", "mysql: another rotation of these users is under way");
  try {
    return await work();
  } finally {
    await client.query(`SELECT RELEASE_LOCK('${name}')`).catch(() => undefined);
  }
}
