import { PasswordPolicy } from "../../password-policy";
import { MysqlClient } from "./client";
import { Account } from "./quoting";
import { AccountRights } from "./rights";

/** One account of a user name, as the catalogues have it. */
export interface StoredAccount extends Account {
  /** Its authentication plugin. */
  readonly plugin: string;
  /** Made by a rotation that stopped: locked, and never had a password. */
  readonly isUnfinished: boolean;
  /** May change users, and so is no application's. */
  readonly isPowerful: boolean;
}

/** Where MySQL and MariaDB differ. */
export interface MysqlDialect {
  /** Values of a secret's `engine`. */
  readonly engines: readonly string[];
  readonly maxUsernameCharacters: number;
  /** Plugins whose passwords the driver can set. */
  readonly plugins: readonly string[];
  /** @throws RotationError `unsupported` for a server of the other kind or too old */
  checkVersion(version: string): void;
  /** What forbids to set passwords as this dialect does, asked before the first change. @throws RotationError */
  checkPasswordPolicy(client: MysqlClient): Promise<void>;
  /** What the server asks of a new password. */
  readPasswordPolicy(client: MysqlClient): Promise<PasswordPolicy>;
  readAccounts(client: MysqlClient, user: string): Promise<readonly StoredAccount[]>;
  readRights(client: MysqlClient, account: Account): Promise<AccountRights>;
  /** The clause `IDENTIFIED …` that makes `password` the only one, in a form whose log holds no plain text. */
  identifiedBy(password: string): string;
  /** Changes the password of the user that is logged in with `oldPassword`. */
  changeOwnPassword(client: MysqlClient, password: string, oldPassword: string): Promise<void>;
  /** See DualPasswordAdministration; runs under the lock of the user. All accounts change by one statement. */
  addPassword(client: MysqlClient, accounts: readonly Account[], change: AddedPassword): Promise<void>;
  keepOnlyPassword(client: MysqlClient, accounts: readonly Account[], change: KeptPassword): Promise<void>;
}

export interface AddedPassword {
  readonly password: string;
  readonly kept: string;
}

export interface KeptPassword {
  readonly password: string;
  /** Whether the server accepts a password of the user now. */
  isAccepted(password: string): Promise<boolean>;
}
