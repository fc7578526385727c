import { databaseHandler } from "../database-handler";
import { connectByMongodb, mongoDriver } from "../drivers/mongodb";

/** Rotates secrets of MongoDB and DocumentDB; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler(
  (settings) => mongoDriver(connectByMongodb(settings.tls)),
  process.env,
);
