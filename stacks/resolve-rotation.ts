import { KeyRotation, LoginRotation, partitionOf, RotationPlan } from "../components/model";
import { EnvironmentDraft, ManagedRotationDraft, RotationDraft } from "./environment-config";
import { ManagedSecret } from "./environment";
import { scheduleOf } from "./environment-schedule";
import { Whole } from "./whole";

type WholeRotation = Whole<RotationDraft>;
type Kind<K extends WholeRotation["kind"]> = Extract<WholeRotation, { kind: K }>;
type Config = Pick<Whole<EnvironmentDraft>, "central" | "regions" | "databases">;

/** A rotation with its defaults filled in and its names followed. */
export function resolveRotation(rotation: WholeRotation, config: Config): RotationPlan {
  switch (rotation.kind) {
    case "never":
      return rotation;
    case "scheduled":
      return resolveLogin(rotation, config);
    case "iam-access-key":
      return resolveAccessKey(rotation, config);
    case "http-api-key":
      return resolveApiKey(rotation);
    case "elasticache":
      return resolveElastiCache(rotation, config);
    case "ssh-key-pair":
      return resolveSsh(rotation);
  }
}

/** A database service's own secret; its account and Region are in its ARN. */
export function resolveManaged(name: string, draft: Whole<ManagedRotationDraft>): ManagedSecret {
  const { secretArn, windowHours, spread } = draft;
  const [, , , region, accountId] = secretArn.split(":");
  const schedule = scheduleOf(draft)!;
  return {
    name,
    secretArn,
    region: region!,
    accountId: accountId!,
    schedule,
    windowHours,
    spread: spread ?? true,
  };
}

function timesOf(rotation: Exclude<WholeRotation, { kind: "never" }>) {
  const { spread, rotateImmediately, windowHours } = rotation;
  return {
    schedule: scheduleOf(rotation)!,
    spread: spread ?? true,
    rotateImmediately: rotateImmediately ?? false,
    windowHours,
  };
}

function resolveLogin(rotation: Kind<"scheduled">, { databases }: Config): LoginRotation {
  const { kind, strategy, username, admin, firstValue, password, hostAliases } = rotation;
  const database = databases[rotation.database]!;
  const login = { kind, strategy, database, username, admin, firstValue, ...timesOf(rotation) };
  return { ...login, ...definedOnly({ password, hostAliases }) };
}

const byHand = { firstValue: "out-of-band" } as const;

function resolveAccessKey(rotation: Kind<"iam-access-key">, { central, regions }: Config): KeyRotation {
  const { kind, user, account = central.accountId, changedBy, deleteOld, graceHours } = rotation;
  const userName = user.slice(user.lastIndexOf("/") + 1);
  const isOwn = changedBy === "own-key";
  return {
    ...{ kind, ...byHand, ...timesOf(rotation), inNetwork: false },
    settings: { accessKey: definedOnly({ userName, changedBy, deleteOld, graceHours }) },
    userArn: isOwn ? undefined : `arn:${partitionOf(regions.primary)}:iam::${account}:user/${user}`,
  };
}

function resolveApiKey(rotation: Kind<"http-api-key">): KeyRotation {
  const { kind, admin, api, inNetwork, tls } = rotation;
  return {
    ...{ kind, ...byHand, ...timesOf(rotation), admin, tls, inNetwork: inNetwork ?? false },
    settings: { apiKey: { ...api, changedBy: admin === undefined ? "own-key" : "admin" } },
  };
}

function resolveElastiCache(rotation: Kind<"elasticache">, { central, regions }: Config): KeyRotation {
  const { kind, user, userName, endpoint, firstValue, tls, password } = rotation;
  const { primary } = regions;
  const userArn = `arn:${partitionOf(primary)}:elasticache:${primary}:${central.accountId}:user:${user}`;
  return {
    ...{ kind, firstValue, ...timesOf(rotation), userArn, tls, inNetwork: true },
    settings: definedOnly({ elastiCache: { userArn, userName, endpoint }, password }),
  };
}

function resolveSsh(rotation: Kind<"ssh-key-pair">): KeyRotation {
  const { kind, hostKeys, authorizedKeysFile } = rotation;
  return {
    ...{ kind, ...byHand, ...timesOf(rotation), inNetwork: true },
    settings: { ssh: definedOnly({ hostKeys, authorizedKeysFile }) },
  };
}

/** Without the keys that have no value: the settings end as JSON, and are compared. */
function definedOnly<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}
