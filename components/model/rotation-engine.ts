import { RotationStrategyName } from "./rotation-settings";

const LOGINS: readonly RotationStrategyName[] = ["single-user", "alternating-users", "superuser-managed"];

/** Engines whose users log in to a host, with the strategies of each. */
const DATABASE_STRATEGIES = {
  postgres: LOGINS,
  mysql: [...LOGINS, "dual-password"],
  mariadb: [...LOGINS, "dual-password"],
  sqlserver: LOGINS,
  redshift: ["single-user", "superuser-managed"],
  oracle: [...LOGINS, "dual-password"],
  mongodb: LOGINS,
  redis: ["single-user", "dual-password", "superuser-managed"],
  openldap: ["single-user", "dual-password", "superuser-managed"],
  "active-directory": ["single-user", "superuser-managed"],
} as const satisfies Readonly<Record<string, readonly RotationStrategyName[]>>;

/** Other kinds of credential; of each there are two that work while one takes the other's place. */
const KEY_STRATEGIES = {
  elasticache: ["dual-password"],
  "iam-access-key": ["dual-password"],
  "http-api-key": ["dual-password"],
  "ssh-key-pair": ["dual-password"],
} as const satisfies Readonly<Record<string, readonly RotationStrategyName[]>>;

export type DatabaseEngine = keyof typeof DATABASE_STRATEGIES;
export type KeyEngine = keyof typeof KEY_STRATEGIES;
export type RotationEngine = DatabaseEngine | KeyEngine;

/** Strategies by engine. Each engine is a folder of `rotation-lambdas/dist`. */
export const ROTATION_STRATEGIES: Readonly<Record<RotationEngine, readonly RotationStrategyName[]>> = {
  ...DATABASE_STRATEGIES,
  ...KEY_STRATEGIES,
};

/** Engines that an environment's `databases` may name. */
export const DATABASE_ENGINES = Object.keys(DATABASE_STRATEGIES) as readonly DatabaseEngine[];

/** What a strategy has to be for an engine; undefined when it is. */
export function strategyFault(engine: RotationEngine, strategy: RotationStrategyName): string | undefined {
  const known = ROTATION_STRATEGIES[engine];
  return known.includes(strategy) ? undefined : `${known.join(" or ")} with ${engine}`;
}
