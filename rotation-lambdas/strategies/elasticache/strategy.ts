import { ElastiCacheSettings } from "../../../components/model/elasticache-settings";
import { RotationSettings } from "../../../components/model/rotation-settings";
import { CallQuery } from "../../aws-query";
import { Driver } from "../../driver";
import { generatePassword } from "../../password";
import { isRefusedLogin, RotationError } from "../../rotation-error";
import { Environment } from "../../secrets-manager";
import { ApplyOutcome, Change, Strategy, Surroundings } from "../../strategy";
import { ElastiCacheCredential, parseElastiCacheUser, renderElastiCacheUser } from "./credential";
import { ElastiCacheUserApi } from "./user-api";

export interface ElastiCacheOptions {
  readonly call: CallQuery;
  readonly environment: Environment;
  /** Logs in to the cluster. */
  readonly driver: Driver;
  /** Pause between looks at the user's state. @default 1 s */
  readonly pauseMs?: number;
  /** Pauses between logins that the cluster may still refuse, in milliseconds. @default 0.5, 1, 2 and 4 s */
  readonly propagationPausesMs?: readonly number[];
}

/** A cluster takes up a password some moments after its user is active. Milliseconds. */
const usualPropagationPausesMs: readonly number[] = [500, 1000, 2000, 4000];

/**
 * A user of ElastiCache, which may have two passwords: the new one is added to the one in use, tried by a login to the
 * cluster, promoted, and the old one is taken away.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/User-Secrets-Manager.html
 */
export function elastiCacheUsers(options: ElastiCacheOptions): Strategy<ElastiCacheCredential> {
  return {
    name: "dual-password",
    parse: parseElastiCacheUser,
    render: renderElastiCacheUser,
    secretTexts: ({ password }) => [password],
    seed: (settings) => ({
      ...identityOf(settings),
      password: generatePassword(settings.password),
      extra: {},
    }),
    next(current, settings) {
      if (differences(current, identityOf(settings)).length > 0) {
        throw new RotationError("policy-refused", "this function may not change the secret's user");
      }
      return { ...current, password: generatePassword(settings.password) };
    },
    mismatches: (pending, _current, settings) => differences(pending, identityOf(settings)),
    preflight: (from) => apiOf(from, options).untilActive(),
    passwordPolicy: async () => ({ kind: "rules", rules: { length: 16 }, source: "ElastiCache" }),
    apply: (change) => addPending(change, options),
    test: (credential, around) => logInPatiently(credential, around, options),
    afterPromotion: (change) => removeOld(change, options),
  };
}

type Identity = Pick<ElastiCacheCredential, "username" | "user_arn">;

function targetOf({ elastiCache }: RotationSettings): ElastiCacheSettings {
  if (!elastiCache)
    throw new RotationError("invalid-secret", 'the function\'s settings have no "elastiCache"');
  return elastiCache;
}

function identityOf(settings: RotationSettings): Identity {
  const { userName, userArn } = targetOf(settings);
  return { username: userName, user_arn: userArn };
}

function differences(credential: Identity, expected: Identity): readonly string[] {
  return (["username", "user_arn"] as const).filter((field) => credential[field] !== expected[field]);
}

function apiOf({ settings, budget }: Surroundings, { call, environment, pauseMs }: ElastiCacheOptions) {
  return new ElastiCacheUserApi(targetOf(settings).userArn, call, environment, budget, pauseMs);
}

async function logIn(
  { username, password }: ElastiCacheCredential,
  { settings, budget }: Surroundings,
  { driver }: ElastiCacheOptions,
): Promise<void> {
  const session = await driver.connect({ ...targetOf(settings).endpoint, username, password }, budget);
  await session.close();
}

async function isAccepted(
  credential: ElastiCacheCredential,
  around: Surroundings,
  options: ElastiCacheOptions,
): Promise<boolean> {
  try {
    await logIn(credential, around, options);
    return true;
  } catch (error) {
    if (isRefusedLogin(error)) return false;
    throw error;
  }
}

async function logInPatiently(
  credential: ElastiCacheCredential,
  around: Surroundings,
  options: ElastiCacheOptions,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await logIn(credential, around, options);
    } catch (error) {
      const pauseMs = (options.propagationPausesMs ?? usualPropagationPausesMs)[attempt];
      if (!isRefusedLogin(error) || pauseMs === undefined || !(await around.budget.pause(pauseMs)))
        throw error;
    }
  }
}

async function addPending(
  change: Change<ElastiCacheCredential>,
  options: ElastiCacheOptions,
): Promise<ApplyOutcome> {
  const { pending, current } = change;
  const isSet = await isAccepted(pending, change, options);
  if (!current) {
    if (isSet) return "already-set";
    await apiOf(change, options).setPasswords([pending.password]);
    return "changed";
  }
  const kept = await acceptedPassword(current, change, options);
  if (isSet && kept !== undefined) return "already-set";
  if (kept === undefined) {
    if (isSet || (await isAccepted(pending, change, options))) return "already-set";
    const what = "the cluster refuses the pending, the current and the previous password";
    throw new RotationError("authentication", `${what}: give the user the current password by hand`);
  }
  await apiOf(change, options).setPasswords([kept, pending.password]);
  return "changed";
}

async function acceptedPassword(
  current: ElastiCacheCredential,
  change: Change<ElastiCacheCredential>,
  options: ElastiCacheOptions,
): Promise<string | undefined> {
  if (await isAccepted(current, change, options)) return current.password;
  const previous = await change.previous();
  if (!previous || differences(previous, current).length > 0) return undefined;
  return (await isAccepted(previous, change, options)) ? previous.password : undefined;
}

async function removeOld(change: Change<ElastiCacheCredential>, options: ElastiCacheOptions): Promise<void> {
  const { pending, current } = change;
  if (!current || current.password === pending.password) return;
  if (!(await isAccepted(current, change, options))) return;
  // Taking the old password away must never leave the user with one that its clusters have not taken up.
  await logInPatiently(pending, change, options);
  await apiOf(change, options).setPasswords([pending.password]);
}
