import { Rule } from "../../rule";
import { databaseAdministratorName } from "./database-administrator-name";
import { databaseIamLogin } from "./database-iam-login";
import { databasePasswordManaged } from "./database-password-managed";
import { databaseSecretCustomerKey } from "./database-secret-customer-key";
import { databaseStorageEncrypted } from "./database-storage-encrypted";
import { databaseTlsRequired } from "./database-tls-required";

/** Rules about databases and the logins of their administrators: DB-01 to DB-06. */
export const databaseRules: readonly Rule[] = [
  databasePasswordManaged,
  databaseSecretCustomerKey,
  databaseIamLogin,
  databaseAdministratorName,
  databaseStorageEncrypted,
  databaseTlsRequired,
];
