import { MysqlFailure } from "./mysql-protocol";

/** `user@host`. */
export interface AccountName {
  readonly user: string;
  readonly host: string;
}

/** One row of mysql.user and what hangs on it. */
export interface MysqlAccount extends AccountName {
  /** The newest password, and the one that RETAIN CURRENT PASSWORD kept. */
  password: string;
  second: string | undefined;
  locked: boolean;
  /** Failed logins since the last one that worked. */
  failures: number;
  /** Newest last. */
  readonly history: string[];
  /** Clauses of ALTER USER, such as `MAX_USER_CONNECTIONS` -> `5`. */
  readonly options: Map<string, string>;
  /** Privilege -> whether it may be passed on. */
  readonly dynamic: Map<string, boolean>;
  /** Database -> privileges there; "" for the global ones. */
  readonly privileges: Map<string, Set<string>>;
  /** Database -> privileges that a partial revoke took. */
  readonly restrictions: Map<string, Set<string>>;
  /** Role as `user@host` -> whether it may be passed on. */
  readonly roles: Map<string, boolean>;
  defaultRoles: readonly string[];
}

/** What a server of MySQL keeps about accounts. */
export class MysqlState {
  readonly accounts: MysqlAccount[] = [];
  private readonly byUser = new Map<string, MysqlAccount[]>();
  readonly log: string[] = [];
  /** Names of held locks -> what holds them. */
  readonly locks = new Map<string, object>();
  readOnly = false;
  /** validate_password.length. */
  minLength = 8;

  find({ user, host }: AccountName): MysqlAccount | undefined {
    return this.accountsOf(user).find((account) => account.host === host);
  }

  /** Every account of a user name, one a host. */
  accountsOf(user: string): readonly MysqlAccount[] {
    return this.byUser.get(user) ?? [];
  }

  /** @throws MysqlFailure 1396 */
  require(name: AccountName, statement: string): MysqlAccount {
    const found = this.find(name);
    if (found) return found;
    throw new MysqlFailure(1396, "HY000", `Operation ${statement} failed for '${name.user}'@'${name.host}'`);
  }

  create(name: AccountName): MysqlAccount {
    if (this.find(name))
      throw new MysqlFailure(1396, "HY000", `Operation CREATE USER failed for '${name.user}'@'${name.host}'`);
    const account: MysqlAccount = {
      ...{ user: name.user, host: name.host, password: "", second: undefined, locked: false, failures: 0 },
      ...{ history: [], options: new Map(), dynamic: new Map(), privileges: new Map() },
      ...{ restrictions: new Map(), roles: new Map(), defaultRoles: [] },
    };
    this.accounts.push(account);
    this.byUser.set(name.user, [...this.accountsOf(name.user), account]);
    return account;
  }

  /** The account for a login from this machine: named hosts come before patterns. @throws MysqlFailure */
  logIn(user: string, matches: (password: string) => boolean): MysqlAccount {
    const own = ["localhost", "127.0.0.1", "127.0.0.%", "%"];
    const hosts = own.map((host) => this.find({ user, host }));
    const account = hosts.find((one) => one !== undefined);
    const passwords = account ? [account.password, account.second] : [];
    const limit = Number(account?.options.get("FAILED_LOGIN_ATTEMPTS") ?? 0);
    if (account && limit > 0 && account.failures >= limit)
      throw new MysqlFailure(3955, "HY000", `Access denied for user '${user}'. Account is blocked`);
    if (!account || !passwords.some((password) => password !== undefined && matches(password))) {
      if (account) account.failures += 1;
      throw new MysqlFailure(1045, "28000", `Access denied for user '${user}' (using password: YES)`);
    }
    if (account.locked)
      throw new MysqlFailure(3118, "HY000", `Access denied for user '${user}'. Account is locked.`);
    account.failures = 0;
    return account;
  }

  /** Sets the newest password as the server's policies allow. @throws MysqlFailure */
  setPassword(account: MysqlAccount, password: string, retain: boolean): void {
    if (password.length < this.minLength)
      throw new MysqlFailure(1819, "HY000", "Your password does not satisfy the current policy requirements");
    const kept = Number(account.options.get("PASSWORD HISTORY") ?? 0);
    if (kept > 0 && account.history.slice(-kept).includes(password))
      throw new MysqlFailure(
        3638,
        "HY000",
        "Cannot use these credentials: they contradict the history policy",
      );
    if (retain && account.password === "")
      throw new MysqlFailure(3895, "HY000", "Current password can not be retained because it is empty");
    if (retain) account.second = account.password;
    account.password = password;
    account.history.push(password);
  }
}

/** Whether an account has a global privilege, itself or by the right to everything. */
export function hasGlobal(account: MysqlAccount, ...anyOf: readonly string[]): boolean {
  const held = account.privileges.get("") ?? new Set();
  return anyOf.some((privilege) => held.has(privilege) || account.dynamic.has(privilege));
}
