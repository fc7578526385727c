import { DualPasswordAdministration, UserAdministration } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { MysqlClient } from "./client";
import { MysqlDialect, StoredAccount } from "./dialect";
import { withNamedLock } from "./named-lock";
import { Account, alterAccounts, parseAccount, quoteAccount } from "./quoting";

/** A session that changes accounts, and what it needs for that. */
export interface AccountSession {
  readonly client: MysqlClient;
  readonly dialect: MysqlDialect;
  readonly budget: TimeBudget;
  /** The account that the server took the login for. */
  readonly own: Account;
  /** Whether the server accepts a password of a user, asked by a connection of its own. */
  isAccepted(username: string, password: string): Promise<boolean>;
}

/** Creating a user, and setting another user's password, for every host from which it may log in. */
export function mysqlUsers({ client, dialect, budget, own }: AccountSession): UserAdministration {
  return {
    ensure: (username, password) =>
      withNamedLock(client, budget, [username], async () => {
        const accounts = await dialect.readAccounts(client, username);
        checkPlain(own, username, accounts);
        checkPlugins(dialect, accounts);
        await dialect.checkPasswordPolicy(client);
        const login = dialect.identifiedBy(password);
        if (accounts.length === 0) {
          await client.query(`CREATE USER ${quoteAccount({ user: username, host: "%" })} ${login}`);
        }
        if (accounts.length > 0) await client.query(alterAccounts(accounts, login));
      }),
  };
}

/** Two passwords at a time. A user's own session changes the account that it logged in to, an administrator's all. */
export function mysqlDualPasswords(session: AccountSession): DualPasswordAdministration {
  const { client, dialect, budget } = session;
  return {
    add: (username, password, kept) =>
      withNamedLock(client, budget, [username], async () => {
        if (await areAccepted(session, username, [password, kept])) return;
        await dialect.checkPasswordPolicy(client);
        await dialect.addPassword(client, await accountsOf(session, username), { password, kept });
      }),
    keepOnly: (username, password) =>
      withNamedLock(client, budget, [username], async () => {
        const isAccepted = (one: string) => session.isAccepted(username, one);
        const accounts = await accountsOf(session, username);
        await dialect.keepOnlyPassword(client, accounts, { password, isAccepted });
      }),
  };
}

async function areAccepted(
  { isAccepted }: AccountSession,
  username: string,
  passwords: readonly string[],
): Promise<boolean> {
  for (const password of passwords) if (!(await isAccepted(username, password))) return false;
  return true;
}

async function accountsOf(session: AccountSession, username: string): Promise<readonly Account[]> {
  const { client, dialect, own } = session;
  if (username === own.user) return [own];
  const accounts = await dialect.readAccounts(client, username);
  checkPlain(own, username, accounts);
  checkPlugins(dialect, accounts);
  if (accounts.length > 0) return accounts;
  throw new RotationError("conflict", `mysql: user ${username} does not exist`);
}

/** @throws RotationError `policy-refused` for administrators */
function checkPlain(own: Account, username: string, accounts: readonly StoredAccount[]): void {
  if (username !== own.user && !accounts.some(({ isPowerful }) => isPowerful)) return;
  const what = `user ${username} exists and may change users`;
  throw new RotationError("policy-refused", `mysql: ${what}: rotate an administrator as a single user`);
}

/** @throws RotationError `unsupported` for accounts that log in by other means than a password that can be set */
export function checkPlugins({ plugins }: MysqlDialect, accounts: readonly StoredAccount[]): void {
  const other = accounts.find(({ plugin, isUnfinished }) => !isUnfinished && !plugins.includes(plugin));
  if (!other) return;
  const what = `${quoteAccount(other)} logs in by ${other.plugin}`;
  throw new RotationError(
    "unsupported",
    `mysql: ${what}: one of ${plugins.filter(Boolean).join(", ")} is needed`,
  );
}

/** The account of CURRENT_USER() and the server's version. */
export async function describeSession(client: MysqlClient): Promise<{ own: Account; version: string }> {
  const { rows } = await client.query("SELECT CURRENT_USER() AS account, VERSION() AS version");
  return { own: parseAccount(String(rows[0]?.account)), version: String(rows[0]?.version) };
}
