import { types } from "../../stack/resource";

/** What a type of database calls the things that the rules ask of all of them. */
export interface DatabaseKind {
  readonly type: string;
  /** Properties that hold the administrator's password. */
  readonly passwords: readonly string[];
  /** The switch that lets AWS keep the password in Secrets Manager. */
  readonly managed?: string;
  /** The key of the secret that AWS keeps. */
  readonly secretKey?: string;
  readonly username?: string;
  /** The switch of encryption at rest, and what it is when the program says nothing. */
  readonly encrypted?: { readonly property: string; readonly otherwise: boolean };
  readonly storageKey?: string;
  readonly iamLogin?: string;
  /** Properties that make the database a copy of another one, whose login and encryption it takes over. */
  readonly copyOf: readonly string[];
}

/**
 * Databases whose administrator has a password, and Neptune, which has none.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
 */
export const databaseKinds: readonly DatabaseKind[] = [
  {
    type: types.dbInstance,
    passwords: ["password", "passwordWo"],
    managed: "manageMasterUserPassword",
    secretKey: "masterUserSecretKmsKeyId",
    username: "username",
    encrypted: { property: "storageEncrypted", otherwise: false },
    storageKey: "kmsKeyId",
    iamLogin: "iamDatabaseAuthenticationEnabled",
    copyOf: ["replicateSourceDb"],
  },
  {
    type: types.dbCluster,
    passwords: ["masterPassword", "masterPasswordWo"],
    managed: "manageMasterUserPassword",
    secretKey: "masterUserSecretKmsKeyId",
    username: "masterUsername",
    encrypted: { property: "storageEncrypted", otherwise: false },
    storageKey: "kmsKeyId",
    iamLogin: "iamDatabaseAuthenticationEnabled",
    copyOf: ["replicationSourceIdentifier"],
  },
  {
    type: types.redshiftCluster,
    passwords: ["masterPassword", "masterPasswordWo"],
    managed: "manageMasterPassword",
    secretKey: "masterPasswordSecretKmsKeyId",
    username: "masterUsername",
    encrypted: { property: "encrypted", otherwise: true },
    storageKey: "kmsKeyId",
    copyOf: [],
  },
  {
    type: types.redshiftNamespace,
    passwords: ["adminUserPassword", "adminUserPasswordWo"],
    managed: "manageAdminPassword",
    secretKey: "adminPasswordSecretKmsKeyId",
    username: "adminUsername",
    storageKey: "kmsKeyId",
    copyOf: [],
  },
  {
    type: types.docdbCluster,
    passwords: ["masterPassword", "masterPasswordWo"],
    managed: "manageMasterUserPassword",
    username: "masterUsername",
    encrypted: { property: "storageEncrypted", otherwise: false },
    storageKey: "kmsKeyId",
    copyOf: [],
  },
  {
    type: types.neptuneCluster,
    passwords: [],
    encrypted: { property: "storageEncrypted", otherwise: false },
    storageKey: "kmsKeyArn",
    iamLogin: "iamDatabaseAuthenticationEnabled",
    copyOf: ["replicationSourceIdentifier"],
  },
];
