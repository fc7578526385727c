import { databaseHandler } from "../database-handler";
import { activeDirectoryDriver, connectByLdapts } from "../drivers/ldap";

/** Rotates passwords of Active Directory users; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler(
  ({ tls }) => activeDirectoryDriver(connectByLdapts(tls), tls?.mode !== "disable"),
  process.env,
);
