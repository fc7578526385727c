import { Store, Table } from "../core/store";

/** Temporary credentials of one assumed role. */
export interface SessionRecord {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly roleArn: string;
  readonly roleId: string;
  readonly sessionName: string;
  readonly sessionArn: string;
  readonly sealedSecret: string;
  /** SHA-256 of the session token, hexadecimal. */
  readonly tokenHash: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Documents of the inline session policy and of the managed ones, with their names; absent when none was given. */
  readonly sessionPolicies?: readonly { readonly source: string; readonly document: string }[];
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string;
  /** The session was itself made by a session, so it lasts an hour at most. */
  readonly isChained?: boolean;
}

/** By access key id. */
export function sessions(store: Store): Table<SessionRecord> {
  return store.table("sts:sessions");
}
