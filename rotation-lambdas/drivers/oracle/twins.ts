import { randomBytes } from "crypto";
import { TwinAdministration, TwinPair } from "../../driver";
import { RotationError } from "../../rotation-error";
import { OracleClient } from "./client";
import { quoteIdentifier, quotePassword, storedName } from "./names";
import { equalizingStatements, OracleRight, readRights, rightsDifferences } from "./rights";
import { checkPlain, OracleSession } from "./users";

interface Twins {
  /** The user with the shorter name. */
  readonly original: string;
  readonly clone: string;
  readonly originalRights: readonly OracleRight[];
  /** Absent while there is no such user. */
  readonly cloneRights: readonly OracleRight[] | undefined;
}

/**
 * Alternating users in Oracle, for users that own nothing: what a user owns cannot be shared with another one. The clone
 * is made with a password that nobody knows and gets its own last, when the catalogues have shown the two equal: system,
 * object and column privileges, roles with their options, quotas, profile, tablespaces and proxies.
 */
export function oracleTwins(session: OracleSession): TwinAdministration {
  const { client } = session;
  return {
    async differences(pair) {
      try {
        const { originalRights, cloneRights } = await readTwins(client, pair);
        return cloneRights ? rightsDifferences(originalRights, cloneRights) : [];
      } catch (error) {
        if (error instanceof RotationError && error.code === "permission") return "hidden";
        throw error;
      }
    },
    alternate: (pair, password) => alternate(session, pair, password),
  };
}

async function alternate({ client, own }: OracleSession, pair: TwinPair, password: string): Promise<void> {
  const login = quotePassword(password);
  const before = await readTwins(client, pair);
  for (const name of [before.original, before.clone]) {
    await checkPlain(client, name, own);
    await checkOwnsNothing(client, name);
  }
  if (!before.cloneRights) {
    const unknown = quotePassword(`a1#${randomBytes(20).toString("base64url").slice(0, 27)}`);
    await client.query(`CREATE USER ${quoteIdentifier(before.clone)} IDENTIFIED BY ${unknown}`);
  }
  const { original, clone, originalRights, cloneRights = [] } = await readTwins(client, pair);
  for (const statement of equalizingStatements(originalRights, cloneRights, clone))
    await client.query(statement);
  const after = rightsDifferences(await readRights(client, original), await readRights(client, clone));
  if (after.length > 0) {
    const what = `they differ in ${after.join("; ")}`;
    throw new RotationError("conflict", `oracle: the two users cannot be made equal: ${what}`);
  }
  await client.query(`ALTER USER ${quoteIdentifier(storedName(pair.next))} IDENTIFIED BY ${login}`);
}

async function readTwins(client: OracleClient, pair: TwinPair): Promise<Twins> {
  const [original, clone] = [storedName(pair.current), storedName(pair.next)].sort(
    (a, b) => a.length - b.length,
  ) as [string, string];
  const { rows } = await client.query(`SELECT username AS "name" FROM dba_users WHERE username IN (:1, :2)`, [
    original,
    clone,
  ]);
  const names = rows.map(({ name }) => String(name));
  if (!names.includes(original)) {
    const what = `user ${original} does not exist, which ${clone} is to be the clone of`;
    throw new RotationError("conflict", `oracle: ${what}: begin with the original`);
  }
  const originalRights = await readRights(client, original);
  const cloneRights = names.includes(clone) ? await readRights(client, clone) : undefined;
  return { original, clone, originalRights, cloneRights };
}

async function checkOwnsNothing(client: OracleClient, name: string): Promise<void> {
  const { rows } = await client.query(`SELECT COUNT(*) AS "n" FROM dba_objects WHERE owner = :1`, [name]);
  if (Number(rows[0]?.n) === 0) return;
  const advice = "rotate it by dual-password, or give its application a user without objects";
  throw new RotationError("conflict", `oracle: user ${name} owns ${Number(rows[0]?.n)} objects: ${advice}`);
}
