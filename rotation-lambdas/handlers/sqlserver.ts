import { databaseHandler } from "../database-handler";
import { connectByTedious, sqlServerDriver } from "../drivers/sqlserver";

/** Rotates secrets of SQL Server; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler(
  (settings) => sqlServerDriver(connectByTedious(settings.tls)),
  process.env,
);
