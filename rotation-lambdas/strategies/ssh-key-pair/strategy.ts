import { RotationSettings } from "../../../components/model/rotation-settings";
import { SshSettings } from "../../../components/model/ssh-settings";
import { defaultLoginOverlapMs, LoginOverlap } from "../../login-overlap";
import { isRefusedLogin, RotationError } from "../../rotation-error";
import { ApplyOutcome, Change, Issue, Strategy, Surroundings } from "../../strategy";
import { markOf } from "./authorized-keys";
import { ConnectSsh, SshFiles, SshSession } from "./client";
import { generateKeyPair, parseSshKeyPair, renderSshKeyPair, SshKeyPair } from "./credential";
import { KeyFile } from "./key-file";
import { toRotationError } from "./ssh-error";

/** Longest time for a login and for an operation on files. Milliseconds. */
const callMs = 10_000;

/**
 * An SSH key pair, of which the host knows two during the change: the new public key is added by a login with the old
 * one, with the same restrictions, and the old one is removed after AWSCURRENT has moved.
 */
export function sshKeyPair(
  connect: ConnectSsh,
  { overlapMs = defaultLoginOverlapMs }: LoginOverlap = {},
): Strategy<SshKeyPair> {
  return {
    name: "dual-password",
    parse: parseSshKeyPair,
    render: renderSshKeyPair,
    secretTexts: ({ privateKey }) => secretLines(privateKey),
    seed: () => {
      throw new RotationError(
        "invalid-secret",
        "the secret has no current value: store a key that the host knows",
      );
    },
    next: (current) => ({ ...current, ...generateKeyPair() }),
    mismatches: (pending, current) =>
      (["host", "port", "username"] as const).filter((field) => current && pending[field] !== current[field]),
    preflight: (from) => checkFile(connect, from),
    apply: (change) => install(connect, change),
    test: async (payload, around) => (await logIn(connect, payload, around)).end(),
    afterPromotion: (change) => removeOld(connect, change, overlapMs),
  };
}

/** A log could show one line of the key. The first and the last are the same for every key. */
function secretLines(privateKey: string): readonly string[] {
  const lines = privateKey.trim().split(/\r?\n/).slice(1, -1);
  return [privateKey, ...lines.filter((line) => line.length >= 20)];
}

function targetOf({ ssh }: RotationSettings): SshSettings {
  if (!ssh) throw new RotationError("invalid-secret", 'the function\'s settings have no "ssh"');
  return ssh;
}

async function logIn(
  connect: ConnectSsh,
  { host, port, username, privateKey }: SshKeyPair,
  { budget, settings }: Surroundings,
): Promise<SshSession> {
  const doing = `login as ${username}`;
  const server = { host, ...(port === undefined ? {} : { port }), username, privateKey };
  const { hostKeys } = targetOf(settings);
  const timeoutMs = budget.sliceMs(callMs, doing);
  return connect({ ...server, hostKeys }, timeoutMs).catch((cause: unknown) => {
    throw toRotationError(cause, doing);
  });
}

/** `undefined` when the host refuses the key. */
async function tryLogIn(
  connect: ConnectSsh,
  pair: SshKeyPair,
  around: Surroundings,
): Promise<SshSession | undefined> {
  return logIn(connect, pair, around).catch((error: unknown) => {
    if (isRefusedLogin(error)) return undefined;
    throw error;
  });
}

async function install(connect: ConnectSsh, change: Change<SshKeyPair>): Promise<ApplyOutcome> {
  const { pending, current } = change;
  const session = await tryLogIn(connect, pending, change);
  if (session) {
    await session.end();
    return "already-set";
  }
  const old = current && (await acceptedPair(connect, current, change));
  if (!old) {
    if (await isAccepted(connect, pending, change)) return "already-set";
    const what = "the host refuses the pending, the current and the previous key";
    throw new RotationError("authentication", `${what}: add the current public key to the user by hand`);
  }
  const mark = markOf(change.secretArn);
  await withKeyFile(old.session, change, (file) =>
    file.change((keys) => {
      const options = keys.optionsOf(old.pair.publicKey);
      if (options === undefined) throw unlisted();
      const kept = [old.pair.publicKey, pending.publicKey, current.publicKey];
      return keys.without([], mark, kept).withKey(pending.publicKey, options, mark);
    }),
  );
  return "changed";
}

async function checkFile(connect: ConnectSsh, from: Issue<SshKeyPair>): Promise<void> {
  const { current } = from;
  if (!current) return;
  await withKeyFile(await logIn(connect, current, from), from, async (file) => {
    if ((await file.read()).optionsOf(current.publicKey) === undefined) throw unlisted();
  });
}

/** The server lets the key in by another file than the one that the settings name. */
function unlisted(): RotationError {
  return new RotationError("conflict", `ssh: the login's own key is not in "ssh.authorizedKeysFile"`);
}

async function acceptedPair(
  connect: ConnectSsh,
  current: SshKeyPair,
  change: Change<SshKeyPair>,
): Promise<{ readonly pair: SshKeyPair; readonly session: SshSession } | undefined> {
  const session = await tryLogIn(connect, current, change);
  if (session) return { pair: current, session };
  const previous = await change.previous();
  const isSame = previous?.host === current.host && previous.username === current.username;
  const older = previous && isSame ? await tryLogIn(connect, previous, change) : undefined;
  return older && { pair: previous!, session: older };
}

async function isAccepted(connect: ConnectSsh, pair: SshKeyPair, around: Surroundings): Promise<boolean> {
  const session = await tryLogIn(connect, pair, around);
  await session?.end();
  return session !== undefined;
}

/** Also removes keys of rotations that were given up. Looks first, so that a repeated step changes nothing. */
async function removeOld(connect: ConnectSsh, change: Change<SshKeyPair>, overlapMs: number): Promise<void> {
  const { pending, current } = change;
  const mark = markOf(change.secretArn);
  const gone = current && current.publicKey !== pending.publicKey ? [current.publicKey] : [];
  await withKeyFile(await logIn(connect, pending, change), change, async (file) => {
    const listed = await file.read();
    if (listed.optionsOf(pending.publicKey) === undefined) {
      throw new RotationError("conflict", `ssh: the new key is not in "ssh.authorizedKeysFile"`);
    }
    if (gone.some((key) => listed.optionsOf(key) !== undefined)) await change.budget.pause(overlapMs);
    await file.change((keys) => keys.without(gone, mark, [pending.publicKey]));
    await file.removeDrafts();
  });
}

/** Works on the file and ends the session whatever happens. */
async function withKeyFile<T>(
  session: SshSession,
  { settings, budget, versionId }: Surroundings,
  work: (file: KeyFile) => Promise<T>,
): Promise<T> {
  const path = targetOf(settings).authorizedKeysFile ?? ".ssh/authorized_keys";
  try {
    budget.sliceMs(callMs, "change of the public keys");
    const files: SshFiles = await session.files();
    return await work(await KeyFile.open(files, path, versionId));
  } catch (cause) {
    throw toRotationError(cause, "change of the public keys");
  } finally {
    await session.end().catch(() => undefined);
  }
}
