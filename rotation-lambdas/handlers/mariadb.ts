import { databaseHandler } from "../database-handler";
import { connectByMysql2, mariadb, mysqlDriver } from "../drivers/mysql";

/** Rotates secrets of MariaDB; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler(
  (settings) => mysqlDriver(connectByMysql2(settings.tls), mariadb),
  process.env,
);
