import { Children } from "../children";
import { AccountName, Administrator } from "../organisation";
import { Pulumi } from "../pulumi";
import { Report } from "./report";

/** What is running once the engine, the cloud and the database are up. */
export interface Platform {
  readonly root: string;
  /** Empty folder of this run. */
  readonly folder: string;
  readonly children: Children;
  readonly report: Report;
  readonly pulumi: Pulumi;
  /** Environment of Pulumi commands, for `--keep` to print. */
  readonly pulumiEnv: Readonly<Record<string, string>>;
  readonly cloudUrl: string;
  readonly administrators: Readonly<Record<AccountName, Administrator>>;
  readonly database: Database;
}

/** A PostgreSQL server of this run. */
export interface Database {
  readonly host: string;
  readonly port: number;
  readonly superuser: string;
  readonly password: string;
  /** PEM file of the authority that signed the server's certificate. */
  readonly caFile: string;
}

export const PRIMARY_REGION = "eu-west-1";
export const REPLICA_REGION = "eu-central-1";
