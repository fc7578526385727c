/** A failure as `oracledb` raises it. */
export class OracleFailure extends Error {
  /** @param code such as `ORA-01017` */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

export type CatalogueRow = Record<string, string | number>;

/** One user and its rows in the catalogues. */
export interface OracleUser {
  readonly name: string;
  password: string;
  /** Accepted too while the rollover period lasts. */
  rollover: string | undefined;
  isLocked: boolean;
  readonly history: string[];
  readonly settings: { profile: string; space: string; temporary: string };
  /** Catalogue -> rows, without the user. */
  readonly rows: Map<string, CatalogueRow[]>;
  /** How many objects it owns. */
  objects: number;
}

/** What a database keeps about users. */
export class OracleState {
  readonly users = new Map<string, OracleUser>();
  /** Profile -> PASSWORD_ROLLOVER_TIME in days, and how many passwords may not come again. */
  readonly profiles = new Map([["DEFAULT", { rollover: 0, reuse: 0 }]]);
  readonly log: string[] = [];
  isReadOnly = false;

  create(name: string, password: string): OracleUser {
    if (this.users.has(name)) throw new OracleFailure("ORA-01920", "user name conflicts with another user");
    const user: OracleUser = {
      ...{ name, password, rollover: undefined, isLocked: false, history: [password], objects: 0 },
      settings: { profile: "DEFAULT", space: "USERS", temporary: "TEMP" },
      rows: new Map(),
    };
    this.users.set(name, user);
    return user;
  }

  require(name: string): OracleUser {
    const user = this.users.get(name);
    if (user) return user;
    throw new OracleFailure("ORA-01918", "user does not exist");
  }

  /** Of three passwords in one rollover period the first and the last are accepted. */
  setPassword(user: OracleUser, password: string): void {
    const profile = this.profiles.get(user.settings.profile) ?? { rollover: 0, reuse: 0 };
    if (profile.reuse > 0 && user.history.slice(-profile.reuse).includes(password))
      throw new OracleFailure("ORA-28007", "the password cannot be reused");
    if (profile.rollover > 0) user.rollover ??= user.password;
    user.password = password;
    user.history.push(password);
  }

  /** @throws OracleFailure */
  logIn(name: string, password: string): OracleUser {
    const user = this.users.get(name);
    if (user?.isLocked) throw new OracleFailure("ORA-28000", "The account is locked.");
    if (!user || ![user.password, user.rollover].includes(password))
      throw new OracleFailure("ORA-01017", "invalid username/password; logon denied");
    if (!rowsOf(user, "sys").some(({ privilege }) => privilege === "CREATE SESSION"))
      throw new OracleFailure("ORA-01045", "user lacks CREATE SESSION privilege; logon denied");
    return user;
  }
}

/** The rows of one catalogue, which may be changed. */
export function rowsOf(user: OracleUser, catalogue: string): CatalogueRow[] {
  const rows = user.rows.get(catalogue) ?? [];
  user.rows.set(catalogue, rows);
  return rows;
}

/** Whether a user has a system privilege, itself or as a DBA. */
export function hasPrivilege(user: OracleUser, privilege: string): boolean {
  return (
    rowsOf(user, "sys").some((row) => row["privilege"] === privilege) ||
    rowsOf(user, "role").some((row) => row["role"] === "DBA")
  );
}
