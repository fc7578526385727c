/** A failure as `tedious` raises it. */
export class SqlServerFailure extends Error {
  readonly code: string;

  constructor(
    readonly number: number,
    message: string,
  ) {
    super(message);
    this.code = number === 18456 || number === 18486 ? "ELOGIN" : "EREQUEST";
  }
}

/** `state permission ON securable`, as the key of a permission. */
export type PermissionKey = string;

export interface FakeUser {
  readonly name: string;
  readonly login: string;
  schema: string;
  readonly roles: Set<string>;
  readonly permissions: Map<string, { state: string; permission: string; securable: string }>;
  readonly owns: Set<string>;
}

export interface FakeLogin {
  readonly name: string;
  password: string;
  isLocked: boolean;
  readonly options: Map<string, string>;
  readonly roles: Set<string>;
  readonly permissions: FakeUser["permissions"];
}

/** What a server keeps about logins and the users of its databases. */
export class SqlServerState {
  readonly logins = new Map<string, FakeLogin>();
  /** Database -> user's name -> user. */
  readonly databases = new Map<string, Map<string, FakeUser>>([
    ["master", new Map()],
    ["orders", new Map()],
  ]);
  readonly log: string[] = [];
  readonly locks = new Map<string, object>();
  isReadOnly = false;

  login(name: string): FakeLogin {
    const found = this.logins.get(name);
    if (found) return found;
    throw new SqlServerFailure(15151, `Cannot alter the login '${name}', because it does not exist`);
  }

  createLogin(name: string, password: string): FakeLogin {
    if (this.logins.has(name))
      throw new SqlServerFailure(15025, `The server principal '${name}' already exists.`);
    checkPolicy(password);
    const options = new Map([
      ["DEFAULT_DATABASE", "[master]"],
      ["DEFAULT_LANGUAGE", "[us_english]"],
      ["CHECK_POLICY", "ON"],
      ["CHECK_EXPIRATION", "OFF"],
    ]);
    const login = {
      name,
      password,
      isLocked: false,
      options,
      roles: new Set<string>(),
      permissions: new Map(),
    };
    this.logins.set(name, login);
    return login;
  }

  /** The user of a login in one database. */
  userOf(database: string, login: string): FakeUser | undefined {
    return [...(this.databases.get(database) ?? new Map<string, FakeUser>()).values()].find(
      (user) => user.login === login,
    );
  }
}

/** ADALIMITED: eight characters of three kinds. @throws SqlServerFailure 15118 */
export function checkPolicy(password: string): void {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password));
  if (password.length < 8 || kinds.length < 3)
    throw new SqlServerFailure(
      15118,
      "Password validation failed. The password does not meet policy requirements",
    );
}
