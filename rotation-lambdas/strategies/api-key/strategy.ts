import { ApiKeySettings } from "../../../components/model/api-key-settings";
import { RotationSettings } from "../../../components/model/rotation-settings";
import {
  awaitOverlap,
  defaultOverlapMs,
  defaultYoungMs,
  removeLateKeys,
  removeLostKeys,
} from "../../issued-keys";
import { isRefusedLogin, RotationError } from "../../rotation-error";
import { ApplyOutcome, Change, Issue, Strategy, Surroundings } from "../../strategy";
import { ApiKeyCredential, parseApiKey, renderApiKey } from "./credential";
import { SendHttp } from "./http";
import { ApiKeyService, secretValues } from "./service";

export interface ApiKeyOptions {
  readonly send: SendHttp;
  /** @default 60 s */
  readonly youngMs?: number;
  /** @default 30 s */
  readonly overlapMs?: number;
}

/** A new key may be unknown to some of the API's servers for a while. Milliseconds. */
const propagationPausesMs: readonly number[] = [500, 1000, 2000, 4000];

/**
 * Keys of an HTTP API that the settings declare, two of which are valid at once: the new one is made before the value is
 * stored, verified, promoted, and the old one is revoked at the next rotation. A key whose making was not survived is
 * found by its label, or is answered again by an API that is idempotent.
 */
export function apiKeys(options: ApiKeyOptions): Strategy<ApiKeyCredential> {
  return {
    name: "dual-password",
    parse: parseApiKey,
    render: renderApiKey,
    secretTexts: ({ apiKey }) => [apiKey],
    seed: () => notPlanned(),
    next: () => notPlanned(),
    mismatches: (pending, current) => mismatchesOf(pending, current),
    issue: (from) => issueKey(from, options),
    withdraw: async (issued, around) => {
      // An idempotent API has answered the other invocation the same key, which must live.
      if (!targetOf(around.settings).isIdempotent)
        await (await serviceFor(issued, around, options)).remove(issued.apiKeyId);
    },
    preflight: async (from) => {
      checkEndpoint(from.current, targetOf(from.settings));
      await (await serviceFor(from.current, from, options)).list();
    },
    apply: (change) => confirmPending(change, options),
    test: (credential, around) => verifyPatiently(credential, around, options),
    afterPromotion: (change) => revokeAtFinish(change, options),
  };
}

function notPlanned(): never {
  throw new RotationError("unsupported", "an API key is made by its service");
}

function targetOf({ apiKey }: RotationSettings): ApiKeySettings {
  if (!apiKey) throw new RotationError("invalid-secret", 'the function\'s settings have no "apiKey"');
  return apiKey;
}

function mismatchesOf(pending: ApiKeyCredential, current: ApiKeyCredential | undefined): readonly string[] {
  if (!current) return [];
  return ["endpoint", "provider"].filter((field) => pending.extra[field] !== current.extra[field]);
}

/** The API, where `own` signs unless the administrator does. */
async function serviceFor(
  own: ApiKeyCredential | undefined,
  around: Surroundings,
  { send }: ApiKeyOptions,
): Promise<ApiKeyService> {
  const settings = targetOf(around.settings);
  const ownValues = own ? { ...secretValues(own.extra), key: own.apiKey } : {};
  if (settings.changedBy !== "admin") {
    if (own) return new ApiKeyService(settings, send, around, ownValues);
    throw new RotationError(
      "invalid-secret",
      "the secret has no current key, which would have to make the next one",
    );
  }
  return new ApiKeyService(settings, send, around, { ...ownValues, ...(await adminValues(around)) });
}

async function adminValues({ settings, secretArn, readSecret }: Surroundings) {
  const arn = settings.adminSecretArn;
  if (!arn || /[*?]/.test(arn) || arn === secretArn) {
    throw new RotationError("invalid-secret", 'the settings need "adminSecretArn", without wild cards');
  }
  const text = await readSecret(arn, "AWSCURRENT");
  if (text === "absent") throw new RotationError("invalid-secret", "the administrator's secret has no value");
  try {
    return secretValues(JSON.parse(text) as Record<string, unknown>, "admin");
  } catch {
    throw new RotationError("invalid-secret", "the administrator's secret is not JSON");
  }
}

async function issueKey(from: Issue<ApiKeyCredential>, options: ApiKeyOptions): Promise<ApiKeyCredential> {
  const { current, settings } = from;
  const target = targetOf(settings);
  checkEndpoint(current, target);
  const service = await serviceFor(current, from, options);
  if (current) await service.verify(current);
  const listed = await service.list();
  const stored = await removeLostKeys(service, listed, from, options.youngMs ?? defaultYoungMs);
  if (stored) return stored;
  const old = await from.previous();
  if (old && current && old.apiKeyId !== current.apiKeyId) {
    const createdAt = listed.find(({ id }) => id === current.apiKeyId)?.createdAt;
    await awaitOverlap(createdAt, options.overlapMs ?? defaultOverlapMs, from.budget);
    await service.remove(old.apiKeyId);
  }
  return service.create(current?.extra);
}

/** Applications would take the key to another host than the one that made it. */
function checkEndpoint(current: ApiKeyCredential | undefined, { origin }: ApiKeySettings): void {
  const endpoint = current?.extra["endpoint"];
  if (endpoint === undefined) return;
  if (
    typeof endpoint === "string" &&
    URL.canParse(endpoint) &&
    new URL(endpoint).origin === new URL(origin).origin
  )
    return;
  throw new RotationError("policy-refused", 'the secret\'s "endpoint" is not where this function makes keys');
}

/** The key exists since createSecret; what is checked is that the API accepts it. */
async function confirmPending(
  change: Change<ApiKeyCredential>,
  options: ApiKeyOptions,
): Promise<ApplyOutcome> {
  await verifyPatiently(change.pending, change, options);
  return "already-set";
}

async function verifyPatiently(
  credential: ApiKeyCredential,
  around: Surroundings,
  options: ApiKeyOptions,
): Promise<void> {
  const service = await serviceFor(credential, around, options);
  for (let attempt = 0; ; attempt++) {
    try {
      return await service.verify(credential);
    } catch (error) {
      const pauseMs = propagationPausesMs[attempt];
      if (!isRefusedLogin(error) || pauseMs === undefined || !(await around.budget.pause(pauseMs)))
        throw error;
    }
  }
}

async function revokeAtFinish(change: Change<ApiKeyCredential>, options: ApiKeyOptions): Promise<void> {
  const { pending, current, settings } = change;
  const service = await serviceFor(pending, change, options);
  const isAtFinish = targetOf(settings).deleteOld === "at-finish";
  if (isAtFinish && current && current.apiKeyId !== pending.apiKeyId) await service.remove(current.apiKeyId);
  await removeLateKeys(service, change, options.youngMs ?? defaultYoungMs);
}
