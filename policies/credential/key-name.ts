/** Words that make a name the name of a credential, in lower case, after the name is split into words. */
const credentialWords = new Set([
  ...["password", "passwd", "passphrase", "passcode", "pwd", "secret", "secrets", "token", "credential"],
  ...["credentials", "apikey", "secretkey", "accesskey", "privatekey", "authtoken", "dbpass", "dbpassword"],
]);

/** Two words that together name a credential. */
const credentialPairs = new Set([
  ...["api key", "access key", "private key", "secret key", "signing key", "encryption key", "master key"],
  ...["account key", "license key", "db pass", "user pass", "root pass", "admin pass", "connection string"],
]);

/** A name that ends so says where the credential is or how it is treated. */
const aboutWords = new Set([
  ...[
    "arn",
    "arns",
    "name",
    "names",
    "id",
    "ids",
    "path",
    "file",
    "filename",
    "url",
    "uri",
    "endpoint",
    "host",
  ],
  ...[
    "region",
    "prefix",
    "suffix",
    "ttl",
    "age",
    "days",
    "hours",
    "minutes",
    "seconds",
    "expiry",
    "expiration",
  ],
  ...[
    "timeout",
    "length",
    "policy",
    "version",
    "type",
    "enabled",
    "required",
    "count",
    "limit",
    "stage",
    "alias",
  ],
  ...[
    "rotation",
    "provider",
    "issuer",
    "audience",
    "header",
    "field",
    "format",
    "algorithm",
    "ref",
    "reference",
  ],
  ...["owner", "team", "class", "group", "label", "kind", "status", "state", "usage", "purpose", "scope"],
  ...["location", "bucket", "role", "source", "mode", "parameter", "engine", "method", "manager", "store"],
]);

/** Words that let a value be a credential when it is random enough. */
const weakWords = new Set([
  "key",
  "auth",
  "pass",
  "cred",
  "creds",
  "pw",
  "sas",
  "salt",
  "signature",
  "cookie",
  "pin",
]);

/** How much a name says of its value. */
export type NameKind = "credential" | "perhaps" | "other";

/**
 * What the name of a variable or a property says: `DB_PASSWORD` and `apiKey` name a credential, `DB_PASSWORD_ARN` and
 * `tokenTtlSeconds` something about one, `DEPLOY_KEY` perhaps one.
 */
export function kindOfName(name: string): NameKind {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || aboutWords.has(last)) return "other";
  const pairs = words.map((word, index) => `${word} ${words[index + 1] ?? ""}`);
  if (words.some((word) => credentialWords.has(word)) || pairs.some((pair) => credentialPairs.has(pair))) {
    return "credential";
  }
  return words.some((word) => weakWords.has(word)) ? "perhaps" : "other";
}

function wordsOf(name: string): readonly string[] {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2");
  return spaced
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
}
