import { DualPasswordAdministration, UserAdministration } from "../../driver";
import { RotationError } from "../../rotation-error";
import { OracleClient } from "./client";
import { quoteIdentifier, quotePassword, storedName } from "./names";

/** A session, and what it needs to change users. */
export interface OracleSession {
  readonly client: OracleClient;
  /** The user that is logged in, as the server keeps it. */
  readonly own: string;
  readonly ownPassword: string;
  /** Whether the server accepts a password of a user, asked by a connection of its own. */
  isAccepted(username: string, password: string): Promise<boolean>;
}

/** Creating a user, and setting another user's password. */
export function oracleUsers({ client, own }: OracleSession): UserAdministration {
  return {
    async ensure(username, password) {
      const name = storedName(username);
      await checkPlain(client, name, own);
      // One statement makes the user or sets its password: there is no user that may not log in yet.
      const login = `${quoteIdentifier(name)} IDENTIFIED BY ${quotePassword(password)}`;
      await client.query(`GRANT CREATE SESSION TO ${login}`);
    },
  };
}

/** @throws RotationError `policy-refused` for administrators: what Oracle maintains, and who may change users */
export async function checkPlain(client: OracleClient, name: string, own: string): Promise<void> {
  const { rows } = await client.query(
    `SELECT username AS "name" FROM dba_users WHERE username = :1 AND (oracle_maintained = 'Y' OR EXISTS (
       SELECT 1 FROM dba_sys_privs WHERE grantee = :2 AND privilege = 'ALTER USER') OR EXISTS (
       SELECT 1 FROM dba_role_privs WHERE grantee = :3 AND granted_role = 'DBA'))`,
    [name, name, name],
  );
  if (rows.length === 0 && name !== own) return;
  const what = `user ${name} is an administrator: rotate it as a single user`;
  throw new RotationError("policy-refused", `oracle: ${what}`);
}

/**
 * Two passwords during the rollover period of the user's profile (PASSWORD_ROLLOVER_TIME), in Oracle 19.12 and later.
 *
 * @see https://docs.oracle.com/en/database/oracle/oracle-database/19/dbseg/configuring-authentication.html
 */
export function oracleDualPasswords(session: OracleSession): DualPasswordAdministration {
  return {
    async add(username, password, kept) {
      const name = storedName(username);
      if ((await session.isAccepted(username, password)) && (await session.isAccepted(username, kept)))
        return;
      if (name !== session.own) await checkPlain(session.client, name, session.own);
      await checkRollover(session, name);
      if (await isInRollover(session, name)) {
        // Of three passwords the server keeps the first and the last; after this `kept` is both.
        await setPassword(session, name, kept);
        await expireRollover(session, name);
      }
      await setPassword(session, name, password);
    },
    async keepOnly(username, password) {
      const name = storedName(username);
      if (name !== session.own) await checkPlain(session.client, name, session.own);
      await expireRollover(session, name);
      // A repeated step of an older rotation may find its password to be the older one.
      if (!(await session.isAccepted(username, password))) await setPassword(session, name, password);
    },
  };
}

async function setPassword({ client }: OracleSession, name: string, password: string): Promise<void> {
  await client.query(`ALTER USER ${quoteIdentifier(name)} IDENTIFIED BY ${quotePassword(password)}`);
}

async function expireRollover({ client }: OracleSession, name: string): Promise<void> {
  await client.query(`ALTER USER ${quoteIdentifier(name)} EXPIRE PASSWORD ROLLOVER PERIOD`);
}

async function isInRollover({ client, own }: OracleSession, name: string): Promise<boolean> {
  const isOwn = name === own;
  const { rows } = await client.query(
    `SELECT account_status AS "status" FROM ${isOwn ? "user_users" : "dba_users"} WHERE username = :1`,
    [name],
  );
  return String(rows[0]?.status).includes("IN ROLLOVER");
}

const ownRollover = `SELECT limit AS "limit" FROM user_password_limits WHERE resource_name = 'PASSWORD_ROLLOVER_TIME'`;

/** A profile's limit may be that of the profile DEFAULT. */
const rolloverOf = `SELECT CASE p.limit WHEN 'DEFAULT' THEN d.limit ELSE p.limit END AS "limit"
  FROM dba_users u JOIN dba_profiles p ON p.profile = u.profile AND p.resource_name = 'PASSWORD_ROLLOVER_TIME'
  JOIN dba_profiles d ON d.profile = 'DEFAULT' AND d.resource_name = 'PASSWORD_ROLLOVER_TIME'
  WHERE u.username = :1`;

/** Without a rollover period the first change would refuse the old password at once. @throws RotationError */
async function checkRollover({ client, own }: OracleSession, name: string): Promise<void> {
  const { rows } = name === own ? await client.query(ownRollover) : await client.query(rolloverOf, [name]);
  if (Number(rows[0]?.limit) > 0) return;
  const advice = "give the user a profile with PASSWORD_ROLLOVER_TIME, in Oracle 19.12 or later";
  throw new RotationError("unsupported", `oracle: ${name} has one password at a time: ${advice}`);
}
