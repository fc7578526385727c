import { PasswordPolicy } from "./password-policy";
import { TimeBudget } from "./time-budget";

/** Where and as whom to log in. Never log or interpolate a value of this type. */
export interface Login {
  readonly host: string;
  /** @default the engine's usual port */
  readonly port?: number;
  /** @default the engine's usual database */
  readonly database?: string;
  readonly username: string;
  readonly password: string;
}

/**
 * One database engine. Knows its protocol and its statements; knows nothing of secrets, versions or Lambda.
 * Every failure of a driver or of its sessions is a RotationError without a credential or a server's own text in it.
 */
export interface Driver {
  /** The values of a secret's `engine` that this driver serves. */
  readonly engines: readonly string[];
  /** Longest user name, in bytes of UTF-8. */
  readonly maxUsernameBytes: number;
  /** Longest user name in characters (code points), of servers that count those. @default no limit but that of bytes */
  readonly maxUsernameCharacters?: number;
  /** Longest password that is generated for it, in characters. @default what the settings say */
  readonly maxPasswordLength?: number;
  /**
   * Opens a session; TLS as the driver was made with, never less.
   * @throws RotationError `authentication` only when the server itself refused the login
   */
  connect(login: Login, budget: TimeBudget): Promise<Session>;
}

/**
 * An open connection. Callers close it exactly once. What an engine cannot do is absent, so that a strategy can say
 * so before it changes anything.
 */
export interface Session {
  /** Changes the password of the user that is logged in. Doing it twice is harmless. */
  changeOwnPassword(password: string): Promise<void>;
  /**
   * What the server asks of a new password of this user, found out without a change; asked for by checks only.
   *
   * @throws RotationError when it may not be read
   */
  passwordPolicy?(username: string): Promise<PasswordPolicy>;
  readonly users?: UserAdministration;
  readonly twins?: TwinAdministration;
  readonly dual?: DualPasswordAdministration;
  /** Never fails: the work is done or has failed by then. */
  close(): Promise<void>;
}

/** What an administrator's session can do to another user. */
export interface UserAdministration {
  /**
   * Creates the user, or sets its password when it exists.
   * @throws RotationError `policy-refused` for a superuser and for the administrator itself
   */
  ensure(username: string, password: string): Promise<void>;
}

/** Two users that an application may use alternately, because their rights are the same. */
export interface TwinPair {
  readonly current: string;
  readonly next: string;
}

/** What is needed to keep two users equal. */
export interface TwinAdministration {
  /**
   * Makes `next` exist with the password and the rights of its twin, and proves from the server's catalogues that the
   * rights are equal, before any of it can be seen; all or nothing where the engine has transactional user management.
   *
   * @throws RotationError `conflict` when the rights cannot be made equal; nothing has changed then
   */
  alternate(pair: TwinPair, password: string): Promise<void>;
  /**
   * Whether this session may do what `alternate` does; changes nothing.
   * @throws RotationError as `alternate` would, before its first change
   */
  check?(pair: TwinPair): Promise<void>;
  /**
   * What differs between the two, in words fit for the log; empty when their rights are equal. `hidden` when the server
   * does not show this login the rights of others; an administrator's is always shown them.
   */
  differences(pair: TwinPair): Promise<readonly string[] | "hidden">;
}

/**
 * What a server can do that accepts two passwords of one user for a while. An administrator may name any user, any
 * other session its own. Both operations are harmless when repeated, and safe when two of them run at once.
 */
export interface DualPasswordAdministration {
  /**
   * Lets the user log in with `password` and with `kept`; `kept` is accepted at every moment between. A third password,
   * which a rotation that was given up may have left, stops being accepted.
   *
   * @param kept accepted already
   */
  add(username: string, password: string, kept: string): Promise<void>;
  /**
   * Lets the user log in with `password` and no other; `password` is accepted at every moment between.
   *
   * @param password accepted already
   */
  keepOnly(username: string, password: string): Promise<void>;
}

/** Runs `work` with an open session and closes it whatever happens. */
export async function withSession<T>(
  driver: Driver,
  login: Login,
  budget: TimeBudget,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await driver.connect(login, budget);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
