import { isIP } from "net";
import { apiKeyFaults, ApiKeySettings } from "../components/model";
import { checkedSection } from "./checked-section";
import { Decoder, flag, list, object, oneOf, text, variant, whole } from "./decoder";
import { accountId, schedule, tagValue } from "./environment-values";

const deleteOld = oneOf(["next-rotation", "at-finish"]);
const firstValue = oneOf(["rotation", "out-of-band"]);
const host = text("a host name or address");
const port = whole(1, 65_535);
const admin = text("a secret's name");

/** How a function knows the server that it talks to. */
export const tls = object(
  {},
  {
    mode: oneOf(["verify-full", "verify-ca", "require", "disable"]),
    authorityFile: text("the name of a PEM file, relative to the project"),
  },
);

const password = object({}, { length: whole(16, 128), excludeCharacters: text("characters, in quotes") });

/** When a secret rotates, in either of two forms. */
export const times = { schedule, rotateEvery: whole(1, 1000), spread: flag, windowHours: whole(1, 24) };

const byFunction = {
  schedule: times.schedule,
  rotateEvery: times.rotateEvery,
  spread: times.spread,
  rotateImmediately: flag,
  windowHours: times.windowHours,
};

const aliasHost = text(
  "a host name or address, without scheme and port",
  (it) => isIP(it) !== 0 || (it.length <= 254 && /^([\w-]{1,63}\.)*[\w-]{1,63}\.?$/.test(it)),
);

/** Names of one server; the secret's and its administrator's may be two of them. */
const hostAliases = list(list(aliasHost, 2), 1);

const login = object(
  {
    strategy: oneOf(["single-user", "alternating-users", "dual-password", "superuser-managed"]),
    database: text("the name of an entry of databases"),
    username: text("a user's name"),
    firstValue,
  },
  { ...byFunction, admin, password, hostAliases },
);

const graceHours: Decoder<number> = (value, place) =>
  typeof value === "number" && value >= 0 && value <= 8760 ? value : place.refuse("0 to 8760", value);

const accessKey = object(
  {
    user: text("the name of a user of IAM, with its path and without user/", (it) =>
      /^([\x21-\x2e\x30-\x7e]+\/)*[\w+=,.@-]{1,64}$/.test(it),
    ),
  },
  { account: accountId, changedBy: oneOf(["function", "own-key"]), deleteOld, graceHours, ...byFunction },
);

const requestKeys = { method: [], path: [], headers: [], body: [], expect: [] };
const apiKeys = {
  origin: [],
  create: { ...requestKeys, key: [], id: [] },
  list: { ...requestKeys, items: [], id: [], label: [] },
  verify: requestKeys,
  revoke: requestKeys,
  isIdempotent: [],
  deleteOld: [],
};

const apiKey = object(
  { api: checkedSection<Omit<ApiKeySettings, "changedBy">>(apiKeys, apiKeyFaults) },
  { admin, tls, inNetwork: flag, ...byFunction },
);

const elastiCache = object(
  {
    user: text("the id of a user of ElastiCache in the central account: letters, digits, _ and -", (it) =>
      /^[\w-]+$/.test(it),
    ),
    userName: text("the name with which applications log in"),
    endpoint: object({ host }, { port }),
    firstValue,
  },
  { tls, password, ...byFunction },
);

const ssh = object(
  {
    hostKeys: list(
      text("a fingerprint as `ssh-keygen -lf` prints it, SHA256:…", (it) =>
        /^SHA256:[A-Za-z0-9+/]{43}$/.test(it),
      ),
      1,
    ),
  },
  {
    authorizedKeysFile: text("the path of a file", (it) => /^[^\0]*[^\0/]$/.test(it)),
    ...byFunction,
  },
);

/** How a secret changes, by kind. */
export const rotation = variant({
  never: object({ reason: tagValue }, {}),
  scheduled: login,
  "iam-access-key": accessKey,
  "http-api-key": apiKey,
  elasticache: elastiCache,
  "ssh-key-pair": ssh,
});

/** The schedule of a secret that its database service rotates. */
export const managedRotation = object(
  {
    secretArn: text(
      "the ARN of a secret that RDS or Redshift manages, whose name begins with rds! or redshift!",
      (it) =>
        /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[a-z]+![\w/+=.@!-]+-[A-Za-z0-9]{6}$/.test(
          it,
        ),
    ),
  },
  times,
);
