import { Subject } from "../subject";
import { activeDirectorySubjects } from "./active-directory";
import { apiKeySubjects } from "./api-key";
import { elastiCacheSubjects } from "./elasticache";
import { iamAccessKeySubjects } from "./iam-access-key";
import { mariadbSubjects } from "./mariadb";
import { mongoSubjects } from "./mongodb";
import { mysqlSubjects } from "./mysql";
import { openLdapSubjects } from "./openldap";
import { postgresSubjects } from "./postgres";
import { oracleSubjects } from "./oracle";
import { olderPostgresSubjects } from "./postgres-majors";
import { redisSubjects } from "./redis";
import { redshiftSubjects } from "./redshift";
import { sqlServerSubjects } from "./sqlserver";
import { sshKeyPairSubjects } from "./ssh-key-pair";

/** Every engine with every strategy, in the order of the documents' table. */
export const subjects: readonly Subject[] = [
  ...postgresSubjects,
  ...olderPostgresSubjects,
  ...mariadbSubjects,
  ...redshiftSubjects,
  ...mysqlSubjects,
  ...sqlServerSubjects,
  ...oracleSubjects,
  ...mongoSubjects,
  ...redisSubjects,
  ...elastiCacheSubjects,
  ...iamAccessKeySubjects,
  ...apiKeySubjects,
  ...sshKeyPairSubjects,
  ...openLdapSubjects,
  ...activeDirectorySubjects,
];
