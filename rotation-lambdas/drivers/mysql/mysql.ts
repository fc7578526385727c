import { RotationError } from "../../rotation-error";
import { MysqlClient } from "./client";
import { AddedPassword, MysqlDialect, StoredAccount } from "./dialect";
import { readValidatePassword } from "./password-policy";
import { numberOf } from "./error-numbers";
import { readMysqlRights } from "./mysql-rights";
import { Account, alterAccounts, quoteText } from "./quoting";

/** ER_INCORRECT_CURRENT_PASSWORD: REPLACE names another password than the newer of two. */
const notTheCurrentPassword = 3891;
/** ER_MISSING_CURRENT_PASSWORD: the account is set to PASSWORD REQUIRE CURRENT. */
const currentPasswordNeeded = 3892;

/**
 * MySQL 8.0.14 and later, on Aurora too. Passwords go over the connection as they are, for the server's policy to judge,
 * and the server keeps them out of its logs.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/password-management.html#dual-passwords
 * @see https://dev.mysql.com/doc/refman/8.4/en/password-logging.html
 */
export const mysql: MysqlDialect = {
  engines: ["mysql", "aurora-mysql"],
  maxUsernameCharacters: 32,
  plugins: ["caching_sha2_password", "sha256_password", "mysql_native_password"],
  checkVersion(version) {
    const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
    const isOld = major < 8 || (major === 8 && minor === 0 && patch < 14);
    if (version.includes("MariaDB") || isOld)
      throw new RotationError("unsupported", "mysql: MySQL 8.0.14 or later is needed");
  },
  async checkPasswordPolicy() {},
  readPasswordPolicy: readValidatePassword,
  readAccounts,
  readRights: readMysqlRights,
  identifiedBy,
  changeOwnPassword,
  addPassword,
  async keepOnlyPassword(client, accounts, { password, isAccepted }) {
    if ((await readSecondPasswords(client, accounts)) === "none") return;
    await client.query(alterAccounts(accounts, "DISCARD OLD PASSWORD"));
    // A repeated step of an older rotation may find its password to be the older one.
    if (!(await isAccepted(password))) await client.query(alterAccounts(accounts, identifiedBy(password)));
  },
};

function identifiedBy(password: string): string {
  return `IDENTIFIED BY ${quoteText(password)}`;
}

async function readAccounts(client: MysqlClient, user: string): Promise<readonly StoredAccount[]> {
  const { rows } = await client.query(
    `SELECT Host AS host, plugin, account_locked = 'Y' AS locked, authentication_string = '' AS empty,
     Super_priv = 'Y' OR Create_user_priv = 'Y' AS powerful
     FROM mysql.user WHERE User = ${quoteText(user)} ORDER BY Host`,
  );
  return rows.map(({ host, plugin, locked, empty, powerful }) => ({
    ...{ user, host: String(host), plugin: String(plugin), isPowerful: Number(powerful) === 1 },
    isUnfinished: Number(locked) === 1 && Number(empty) === 1,
  }));
}

async function changeOwnPassword(client: MysqlClient, password: string, oldPassword: string): Promise<void> {
  const change = `ALTER USER USER() ${identifiedBy(password)}`;
  try {
    await client.query(change);
  } catch (error) {
    if (numberOf(error) !== currentPasswordNeeded) throw error;
    await client.query(`${change} REPLACE ${quoteText(oldPassword)}`);
  }
}

/**
 * RETAIN CURRENT PASSWORD keeps the newest password and drops the one before it. So `kept` must be the newest first: a
 * rotation that was given up may have left one that is newer.
 */
async function addPassword(
  client: MysqlClient,
  accounts: readonly Account[],
  { password, kept }: AddedPassword,
): Promise<void> {
  const retaining = (one: string, replace = "") =>
    alterAccounts(accounts, `${identifiedBy(one)}${replace} RETAIN CURRENT PASSWORD`);
  const second = await readSecondPasswords(client, accounts);
  if (second !== "hidden") {
    if (second === "some") await client.query(retaining(kept));
    await client.query(retaining(password));
    return;
  }
  // Only the user's own session cannot look, and it alone may use REPLACE, which makes the server look.
  const checked = retaining(password, ` REPLACE ${quoteText(kept)}`);
  try {
    await client.query(checked);
  } catch (error) {
    if (numberOf(error) !== notTheCurrentPassword) throw error;
    await client.query(retaining(kept));
    await client.query(checked);
  }
}

/** Whether any of the accounts has two passwords. */
async function readSecondPasswords(
  client: MysqlClient,
  accounts: readonly Account[],
): Promise<"none" | "some" | "hidden"> {
  const users = accounts.map(({ user, host }) => `(${quoteText(user)}, ${quoteText(host)})`);
  try {
    const { rows } = await client.query(
      `SELECT COUNT(*) AS n FROM mysql.user WHERE (User, Host) IN (${users.join(", ")})
       AND JSON_CONTAINS_PATH(User_attributes, 'one', '$.additional_password')`,
    );
    return Number(rows[0]?.n) > 0 ? "some" : "none";
  } catch (error) {
    if (error instanceof RotationError && error.code === "permission") return "hidden";
    throw error;
  }
}
