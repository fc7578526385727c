import { strict as assert } from "assert";
import { kindOfName, NameKind } from "../../../policies/credential/key-name";

const names: Readonly<Record<NameKind, readonly string[]>> = {
  credential: [
    ...[
      "password",
      "PASSWORD",
      "db_passwd",
      "dbPassphrase",
      "user-passcode",
      "PWD",
      "client_secret",
      "secrets",
    ],
    ...[
      "GITHUB_TOKEN",
      "credential",
      "awsCredentials",
      "apikey",
      "secretkey",
      "accesskey",
      "privatekey",
      "authtoken",
    ],
    ...["dbpass", "dbpassword", "API_KEY", "apiKey", "accessKey", "ACCESS_KEY", "private_key", "secretKey"],
    ...[
      "signing-key",
      "encryptionKey",
      "MASTER_KEY",
      "accountKey",
      "license key",
      "db_pass",
      "userPass",
      "ROOT_PASS",
    ],
    ...["adminPass", "CONNECTION_STRING", "APIKey", "password2", "smtp.smtp_password", "MyDBPassword"],
  ],
  perhaps: [
    "key",
    "DEPLOY_KEY",
    "authHeaderX",
    "pass",
    "cred",
    "creds",
    "pw",
    "SAS",
    "salt",
    "signature",
    "cookie",
    "PIN",
  ],
  other: [
    ...["", "_", "host", "LOG_LEVEL", "monkey", "passage", "tokenizer", "secretary", "keyboard", "compass"],
    ...["SECRET_ARN", "secretArns", "SECRET_NAME", "secretNames", "ACCESS_KEY_ID", "keyIds", "PASSWORD_PATH"],
    ...[
      "PASSWORD_FILE",
      "tokenFilename",
      "TOKEN_URL",
      "tokenUri",
      "tokenEndpoint",
      "secretHost",
      "SECRET_REGION",
    ],
    ...[
      "secretPrefix",
      "secretSuffix",
      "TOKEN_TTL",
      "passwordAge",
      "passwordDays",
      "tokenHours",
      "tokenMinutes",
    ],
    ...["tokenSeconds", "tokenExpiry", "tokenExpiration", "tokenTimeout", "passwordLength", "passwordPolicy"],
    ...[
      "secretVersion",
      "tokenType",
      "passwordEnabled",
      "passwordRequired",
      "tokenCount",
      "tokenLimit",
      "secretStage",
    ],
    ...["secretAlias", "secretRotation", "credentialProvider", "tokenIssuer", "tokenAudience", "tokenHeader"],
    ...["passwordField", "tokenFormat", "tokenAlgorithm", "secretRef", "secretReference", "secretLocation"],
    ...["secretBucket", "secretRole", "credentialSource", "tokenMode", "secretParameter", "secretEngine"],
    ...[
      "authMethod",
      "secretManager",
      "secretStore",
      "secretOwner",
      "secretTeam",
      "secretClass",
      "secretGroup",
    ],
    ...[
      "secretLabel",
      "secretKind",
      "secretStatus",
      "secretState",
      "keyUsage",
      "secretPurpose",
      "tokenScope",
    ],
  ],
};

describe("kindOfName", () => {
  for (const [kind, examples] of Object.entries(names)) {
    for (const name of examples)
      it(`${name || "(empty)"}: ${kind}`, () => assert.equal(kindOfName(name), kind));
  }
});
