import { databaseHandler } from "../database-handler";
import { connectByLdapts, openLdapDriver } from "../drivers/ldap";

/** Rotates passwords of OpenLDAP entries; see `RotationSettings` for the environment variable it reads. */
export const handler = databaseHandler(
  (settings) => openLdapDriver(connectByLdapts(settings.tls)),
  process.env,
);
