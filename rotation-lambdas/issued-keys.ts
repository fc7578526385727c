import { RotationError } from "./rotation-error";
import { Change, Issue } from "./strategy";
import { TimeBudget } from "./time-budget";

/** A key as its service lists it, without its secret. */
export interface ListedKey {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Id of the version that the key was made for. @default the service does not say */
  readonly madeFor?: string;
}

/** A service that makes keys of its own and shows each secret once. */
export interface KeyService<Payload> {
  /** The keys that belong to this secret, and no others. */
  list(): Promise<readonly ListedKey[]>;
  idOf(payload: Payload): string;
  create(): Promise<Payload>;
  /** Deleting a key that is not there is harmless. */
  remove(id: string): Promise<void>;
  /** Whether somebody has used the key; a key whose secret was lost cannot be. @default a key was not used */
  wasUsed?(id: string): Promise<boolean>;
}

/**
 * Milliseconds in which a key that no version names may still be about to be stored by the invocation that made it.
 * Longer than all attempts of PutSecretValue together.
 */
export const defaultYoungMs = 60_000;

/** Milliseconds that an application may take from reading a key to using it, in which it must not be deleted. */
export const defaultOverlapMs = 30_000;

const lookAgainMs = 1000;

/**
 * Waits until the key in use is so old that nobody is still about to use the one before it.
 *
 * @param createdAt of the key in use; `undefined` when the service does not say, and then there is no wait
 * @throws RotationError `locked` when the budget is too short
 */
export async function awaitOverlap(
  createdAt: number | undefined,
  overlapMs: number,
  budget: TimeBudget,
): Promise<void> {
  const ageMs = createdAt === undefined ? overlapMs : Math.max(0, Date.now() - createdAt);
  if (ageMs >= overlapMs || (await budget.pause(overlapMs - ageMs))) return;
  const what = "the key in use is so new that applications may still hold the one before it";
  throw new RotationError("locked", `${what}: this step succeeds when it is repeated in a minute`);
}

/**
 * Removes keys that an earlier invocation made and did not live to store: nobody can know their secrets. A young one may
 * belong to an invocation that runs at the same time, so that it is waited for first.
 *
 * @returns the value that the other invocation stored meanwhile
 * @throws RotationError `locked` when the budget is too short to wait; `conflict` for a key that is in use and in no
 *   version of the secret
 */
export async function removeLostKeys<Payload>(
  service: KeyService<Payload>,
  listed: readonly ListedKey[],
  from: Issue<Payload>,
  youngMs: number = defaultYoungMs,
): Promise<Payload | undefined> {
  const known = await knownIds(service, from);
  const strangers = listed.filter(({ id }) => !known.includes(id));
  if (strangers.length === 0) return undefined;
  const stored = await awaitStored(strangers, from, youngMs);
  if (stored !== undefined) return stored;
  for (const { id } of strangers) {
    if (await service.wasUsed?.(id)) {
      const advice = "it is in no version of the secret: delete it by hand, or store it";
      throw new RotationError("conflict", `key ${id} is in use, but ${advice}`);
    }
  }
  for (const { id } of strangers) await service.remove(id);
  return undefined;
}

async function knownIds<Payload>(
  service: KeyService<Payload>,
  from: Issue<Payload>,
): Promise<readonly string[]> {
  const values = [from.current, await from.previous()];
  return values.flatMap((value) => (value === undefined ? [] : [service.idOf(value)]));
}

/**
 * finishSecret: removes keys that an ended invocation's request made after the retry had looked for lost ones. A key made
 * for the version itself is certainly lost, as the version holds another; of those whose service does not say, only what
 * `removeLostKeys` would remove goes, and nothing while another rotation may be making one. One made later still is found
 * by the next rotation.
 *
 * @throws RotationError `locked` when the budget is too short to wait until such a key is old
 */
export async function removeLateKeys<Payload>(
  service: KeyService<Payload>,
  change: Change<Payload>,
  youngMs: number = defaultYoungMs,
): Promise<void> {
  const { pending, current, versionId, budget } = change;
  const own = [pending, current].flatMap((value) => (value === undefined ? [] : [service.idOf(value)]));
  const strangers = (await service.list()).filter(({ id }) => !own.includes(id));
  for (const { id } of strangers.filter(({ madeFor }) => madeFor === versionId)) await service.remove(id);
  const unmarked = strangers.filter(({ madeFor }) => madeFor === undefined);
  if (unmarked.length === 0) return;
  if (!(await budget.pause(youngForMs(unmarked, youngMs)))) throw tooYoung();
  const staged = await change.staged();
  if (staged === "unsettled") return;
  const known = staged.map((value) => service.idOf(value));
  for (const { id } of unmarked.filter((key) => !known.includes(key.id)))
    if (!(await service.wasUsed?.(id))) await service.remove(id);
}

/** Waits until the youngest stranger is old, looking whether the version has got its value. */
async function awaitStored<Payload>(
  strangers: readonly ListedKey[],
  { budget, stored }: Issue<Payload>,
  youngMs: number,
): Promise<Payload | undefined> {
  const deadline = Date.now() + youngForMs(strangers, youngMs);
  for (;;) {
    const value = await stored();
    if (value !== undefined) return value;
    const leftMs = deadline - Date.now();
    if (leftMs <= 0) return undefined;
    if (!(await budget.pause(Math.min(lookAgainMs, leftMs)))) throw tooYoung();
  }
}

/** Milliseconds until the youngest is old. A clock that differs from the service's can lengthen it to `youngMs`. */
function youngForMs(keys: readonly ListedKey[], youngMs: number): number {
  const ages = keys.map(({ createdAt }) => Math.max(0, Date.now() - createdAt));
  return Math.max(0, youngMs - Math.min(...ages));
}

function tooYoung(): RotationError {
  const what = "another invocation may have made a key just now";
  return new RotationError("locked", `${what}: this step succeeds when it is repeated in a minute`);
}
