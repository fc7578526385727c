import { databaseHandler } from "../database-handler";
import { connectByPg } from "../drivers/postgres";
import { redshiftDriver } from "../drivers/redshift";

/** Rotates secrets of Redshift; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler((settings) => redshiftDriver(connectByPg(settings.tls)), process.env);
