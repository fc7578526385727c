import { RotationSettings } from "../components/model/rotation-settings";
import { Strategy } from "../rotation-lambdas/strategy";
import { CrashRecorder } from "./crash-recorder";

/** One engine with one strategy, for the proof. */
export interface Subject {
  /** As in the documents' table, such as `postgres`. */
  readonly engine: string;
  readonly strategy: string;
  /**
   * What an application may rely on at every moment: a login with AWSCURRENT, or one with AWSCURRENT or, when that is
   * refused, with AWSPENDING.
   */
  readonly promise: "current" | "current-or-pending";
  /** Whether AWSPREVIOUS logs in after a rotation, for applications that have not read the new value yet. @default false */
  readonly previousWorks?: boolean;
  /** Whether a secret without a value can be rotated: its user is then made by the administrator. @default false */
  readonly canSeed?: boolean;
  /** Whether a key that was used and is in no version stops the next rotation: it must be promoted then. @default false */
  readonly keepsUsedKeys?: boolean;
  /** Starts the server that all cases share. @throws Unavailable when this machine has none */
  start(): Promise<SubjectServer>;
}

/** `engine/strategy`, such as `postgres/single-user`. */
export function nameOf({ engine, strategy }: Pick<Subject, "engine" | "strategy">): string {
  return `${engine}/${strategy}`;
}

/** This machine lacks the server; the cell of the table says so. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** A running server. */
export interface SubjectServer {
  /** What it is, in one phrase with its version, such as `PostgreSQL 18.4, over TLS`. */
  readonly testedAgainst: string;
  /**
   * Makes a user (or key, or account) of its own on the server, its secret and its administrator's secret.
   *
   * @param name unique, of `a-z`, `0-9` and `_`, at most 20 characters, beginning with a letter
   */
  newCase(name: string, options: CaseOptions): Promise<SubjectCase>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

export interface CaseOptions {
  readonly secrets: CaseSecrets;
  /** Whether the secret begins without a value, to be seeded. */
  readonly isSeeded: boolean;
  /** How long the login before is accepted, where there are two during a change. Milliseconds. @default 0 */
  readonly overlapMs?: number;
}

/** Secrets Manager as the maker of a case needs it. */
export interface CaseSecrets {
  /** CreateSecret. @returns the ARN */
  create(name: string, value?: object | string): Promise<string>;
  /** PutSecretValue, which becomes AWSCURRENT. */
  put(secretId: string, value: object | string): Promise<void>;
}

/** One user and its secret. */
export interface SubjectCase {
  readonly secretArn: string;
  readonly settings: RotationSettings;
  /**
   * The strategy as the function runs it, new for each invocation. Every call that leaves the process goes through
   * `recorder.wrap`, at the lowest level that still speaks in whole calls (the driver's client, not the socket).
   */
  strategy(recorder: CrashRecorder): Strategy<any>;
  /**
   * Logs in as an application would, by a connection of its own and none of the code under test.
   *
   * @returns false when the server refuses the login
   * @throws Error when it gives no verdict
   */
  logIn(secretString: string): Promise<boolean>;
  /**
   * What is on the server for this case (users, keys, second passwords) that neither of these values accounts for.
   *
   * @param values those of AWSCURRENT and AWSPREVIOUS, in this order, as far as they are there
   */
  orphans(values: readonly string[]): Promise<readonly string[]>;
  /**
   * How the rights of the users in these two values differ, from the server's own catalogues and by none of the code under
   * test; absent when a strategy has one user.
   */
  rightsDifferences?(values: readonly string[]): Promise<readonly string[]>;
  /** Everything the server has logged since its start, with its most talkative settings; absent when it keeps none. */
  serverLog?(): Promise<string>;
}
