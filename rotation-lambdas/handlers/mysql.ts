import { databaseHandler } from "../database-handler";
import { connectByMysql2, mysql, mysqlDriver } from "../drivers/mysql";

/** Rotates secrets of MySQL and Aurora MySQL; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler(
  (settings) => mysqlDriver(connectByMysql2(settings.tls), mysql),
  process.env,
);
