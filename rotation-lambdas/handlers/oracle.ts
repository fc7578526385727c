import { databaseHandler } from "../database-handler";
import { connectByOracledb, oracleDriver } from "../drivers/oracle";

/** Rotates secrets of Oracle; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler(
  (settings) => oracleDriver(connectByOracledb(settings.tls)),
  process.env,
);
