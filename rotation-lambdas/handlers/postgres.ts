import { databaseHandler } from "../database-handler";
import { connectByPg, postgresDriver } from "../drivers/postgres";

/** Rotates secrets of PostgreSQL; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler((settings) => postgresDriver(connectByPg(settings.tls)), process.env);
