import { AccessKeySettings } from "../../../components/model/access-key-settings";
import { RotationSettings } from "../../../components/model/rotation-settings";
import { functionCredentials } from "../../aws-endpoint";
import { CallQuery } from "../../aws-query";
import {
  awaitOverlap,
  defaultOverlapMs,
  defaultYoungMs,
  KeyService,
  removeLateKeys,
  removeLostKeys,
} from "../../issued-keys";
import { RotationError } from "../../rotation-error";
import { Environment } from "../../secrets-manager";
import { ApplyOutcome, Change, Issue, Strategy, Surroundings } from "../../strategy";
import { settle } from "../../versions";
import { AccessKeyCredential, parseAccessKey, renderAccessKey } from "./credential";
import { AccessKeyAdministration, accessKeysOf, callerOf, UserKey } from "./iam";
import { checkOwner, testKey } from "./owner";

export interface AccessKeyOptions {
  readonly call: CallQuery;
  readonly environment: Environment;
  /** @default 60 s */
  readonly youngMs?: number;
  /** @default 30 s */
  readonly overlapMs?: number;
}

const hourMs = 3_600_000;

/**
 * The two access keys that an IAM user may have: the new one is made before the value is stored, tested, promoted, and
 * the old one stays until the next rotation, so that no application is refused. A key whose making was not survived is
 * found by its being in no version, and deleted.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html#Using_RotateAccessKey
 */
export function accessKeys(options: AccessKeyOptions): Strategy<AccessKeyCredential> {
  return {
    name: "dual-password",
    parse: parseAccessKey,
    render: renderAccessKey,
    secretTexts: ({ secretAccessKey }) => [secretAccessKey],
    seed: () => notPlanned(),
    next: () => notPlanned(),
    mismatches: (pending, current, settings) => mismatchesOf(pending, current, targetOf(settings)),
    issue: (from) => issueKey(from, options),
    withdraw: async (issued, around) => administration(around, issued, options).remove(issued.accessKeyId),
    preflight: (from) => checkMayLook(from, options),
    apply: (change) => requirePendingKey(change, options),
    test: (credential, around) =>
      testKey(credential, targetOf(around.settings).userName, around.budget, options),
    afterPromotion: (change) => retireAtFinish(change, options),
  };
}

function notPlanned(): never {
  throw new RotationError("unsupported", "an access key is made by IAM");
}

function targetOf({ accessKey }: RotationSettings): AccessKeySettings {
  if (!accessKey) throw new RotationError("invalid-secret", 'the function\'s settings have no "accessKey"');
  return accessKey;
}

function mismatchesOf(
  pending: AccessKeyCredential,
  current: AccessKeyCredential | undefined,
  { userName }: AccessKeySettings,
): readonly string[] {
  const isOurs =
    (pending.userName ?? userName) === userName && (!current || current.userName === pending.userName);
  return isOurs ? [] : ["userName"];
}

/** IAM as the function, or as the key that works. */
function administration(
  around: Surroundings,
  own: AccessKeyCredential | undefined,
  { call, environment }: AccessKeyOptions,
): AccessKeyAdministration {
  const { userName, changedBy } = targetOf(around.settings);
  if (changedBy === "own-key" && !own) {
    throw new RotationError(
      "invalid-secret",
      "the secret has no current key, which would have to make the next one",
    );
  }
  const credentials = changedBy === "own-key" ? own! : functionCredentials(environment);
  return accessKeysOf(userName, call, environment, { credentials, budget: around.budget });
}

async function issueKey(
  from: Issue<AccessKeyCredential>,
  options: AccessKeyOptions,
): Promise<AccessKeyCredential> {
  const { current, settings } = from;
  const { userName } = targetOf(settings);
  await checkCurrent(from, options);
  const iam = administration(from, current, options);
  const keys = await iam.list();
  if (current && !keys.some(({ id }) => id === current.accessKeyId)) {
    throw new RotationError(
      "conflict",
      `user ${userName} has no key ${current.accessKeyId}: store one that it has`,
    );
  }
  const stored = await removeLostKeys(serviceOf(iam), keys, from, options.youngMs ?? defaultYoungMs);
  if (stored) return stored;
  await retirePrevious(iam, keys, from, options.overlapMs ?? defaultOverlapMs);
  const made = await iam.create();
  const named = current && current.userName === undefined ? {} : { userName };
  return { ...made, ...named, extra: current?.extra ?? {} };
}

/** Whoever may write the secret must not be able to have keys made for another user. */
async function checkCurrent(
  { current, settings, budget }: Issue<AccessKeyCredential>,
  { call, environment }: AccessKeyOptions,
): Promise<void> {
  if (!current) return;
  const { userName } = targetOf(settings);
  if ((current.userName ?? userName) !== userName) {
    throw new RotationError("policy-refused", "this function may not make keys for the secret's user");
  }
  checkOwner(await callerOf(current, call, environment, budget), userName);
}

/** IAM answers no question whether a key could be made; what is asked is what comes before. */
async function checkMayLook(from: Issue<AccessKeyCredential>, options: AccessKeyOptions): Promise<void> {
  await checkCurrent(from, options);
  const iam = administration(from, from.current, options);
  for (const { id } of await iam.list()) await iam.lastUsed(id);
}

function serviceOf(iam: AccessKeyAdministration): KeyService<AccessKeyCredential> {
  return {
    list: () => iam.list(),
    idOf: ({ accessKeyId }) => accessKeyId,
    create: async () => ({ ...(await iam.create()), extra: {} }),
    remove: (id) => iam.remove(id),
    wasUsed: async (id) => (await iam.lastUsed(id)) !== undefined,
  };
}

/** Makes room for the new key. The old one has had the time since the last promotion to fall out of use. */
async function retirePrevious(
  iam: AccessKeyAdministration,
  keys: readonly UserKey[],
  { current, previous, settings, budget }: Issue<AccessKeyCredential>,
  overlapMs: number,
): Promise<void> {
  const old = await previous();
  const currentKey = keys.find(({ id }) => id === current?.accessKeyId);
  if (!old || !currentKey || old.accessKeyId === currentKey.id) return;
  if (!keys.some(({ id }) => id === old.accessKeyId)) return;
  const used = await iam.lastUsed(old.accessKeyId);
  const graceMs = (targetOf(settings).graceHours ?? 24) * hourMs;
  if (used !== undefined && used > currentKey.createdAt + graceMs) {
    const what = `the old key ${old.accessKeyId} was used at ${new Date(used).toISOString()}, long after its replacement`;
    throw new RotationError(
      "policy-refused",
      `${what}: make its user read the secret, or raise "graceHours"`,
    );
  }
  await awaitOverlap(currentKey.createdAt, overlapMs, budget);
  await iam.remove(old.accessKeyId);
}

/** The key exists since createSecret; what is checked is that it is this user's and can be used. */
async function requirePendingKey(
  change: Change<AccessKeyCredential>,
  options: AccessKeyOptions,
): Promise<ApplyOutcome> {
  const { pending, current, settings } = change;
  const iam = administration(change, current ?? pending, options);
  const find = async () => (await iam.list()).find(({ id }) => id === pending.accessKeyId);
  const key = await settle(change.budget, find, (found) => found !== undefined);
  if (!key) {
    const what = `user ${targetOf(settings).userName} has no key ${pending.accessKeyId}`;
    throw new RotationError(
      "conflict",
      `${what}: cancel this rotation (CancelRotateSecret) and rotate again`,
    );
  }
  if (!key.isActive) throw new RotationError("locked", `key ${key.id} is inactive: activate it`);
  return "already-set";
}

async function retireAtFinish(change: Change<AccessKeyCredential>, options: AccessKeyOptions): Promise<void> {
  const { pending, current, settings } = change;
  const isAtFinish = targetOf(settings).deleteOld === "at-finish";
  const iam = administration(change, isAtFinish ? pending : (current ?? pending), options);
  if (isAtFinish && current && current.accessKeyId !== pending.accessKeyId)
    await iam.remove(current.accessKeyId);
  await removeLateKeys(serviceOf(iam), change, options.youngMs ?? defaultYoungMs);
}
