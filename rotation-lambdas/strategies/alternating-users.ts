import { DatabaseCredential } from "../../components/model/credential";
import { Driver, Session, TwinPair, withSession } from "../driver";
import { RotationError } from "../rotation-error";
import { ApplyOutcome, Change, Issue, Strategy, Surroundings } from "../strategy";
import { canLogIn, connectAsAdmin, toLogin, tryConnect } from "./database-login";
import { checkUsername, databasePayload } from "./database-strategy";
import { createFirstUser } from "./single-user";

const cloneSuffix = "_clone";

/**
 * Two users with equal rights, of which each rotation changes the one that AWSCURRENT does not name: a login with
 * AWSCURRENT is never refused. The second user, `<user>_clone`, is made and kept equal at every rotation.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html#rotating-secrets-two-users
 */
export function alternatingUsers(driver: Driver): Strategy<DatabaseCredential> {
  const nextUsername = (current: string) => {
    const next = alternateUsername(current);
    checkUsername(driver, next);
    return next;
  };
  return {
    name: "alternating-users",
    ...databasePayload(driver, nextUsername),
    apply: (change) => applyToNextUser(driver, change),
    test: (credential, surroundings) => testNextUser(driver, credential, surroundings),
    preflight: (from) => checkAdministrator(driver, from),
  };
}

async function checkAdministrator(driver: Driver, from: Issue<DatabaseCredential>): Promise<void> {
  if (!from.current) return;
  const pair = { current: from.current.username, next: alternateUsername(from.current.username) };
  const admin = await connectAsAdmin(driver, from.current, from);
  try {
    if (!admin.twins) throw new RotationError("unsupported", "this engine has no alternating users");
    await admin.twins.check?.(pair);
  } finally {
    await admin.close();
  }
}

async function testNextUser(
  driver: Driver,
  credential: DatabaseCredential,
  surroundings: Surroundings,
): Promise<void> {
  const pair = { current: alternateUsername(credential.username), next: credential.username };
  const seen = await withSession(driver, toLogin(credential), surroundings.budget, (session) =>
    differencesOf(session, pair),
  );
  const differences = seen === "hidden" ? await asSeenByAdmin(driver, credential, pair, surroundings) : seen;
  if (differences.length > 0) throw unequal(differences);
}

/** `app` and `app_clone`, in turn. */
export function alternateUsername(username: string): string {
  const isClone = username.endsWith(cloneSuffix) && username.length > cloneSuffix.length;
  return isClone ? username.slice(0, -cloneSuffix.length) : username + cloneSuffix;
}

async function applyToNextUser(driver: Driver, change: Change<DatabaseCredential>): Promise<ApplyOutcome> {
  const { pending, current, budget } = change;
  if (!current) {
    return (await canLogIn(driver, toLogin(pending), budget))
      ? "already-set"
      : createFirstUser(driver, change);
  }
  // A current value that cannot log in proves nothing about who wrote it; the administrator must not act on it.
  await withSession(driver, toLogin(current), budget, async () => {});
  const pair = { current: current.username, next: pending.username };
  const seen = await differencesSeenByNext(driver, pair, change);
  if (seen !== "refused" && seen.length === 0) return "already-set";
  const admin = await connectAsAdmin(driver, current, change);
  try {
    if (!admin.twins) throw new RotationError("unsupported", "this engine has no alternating users");
    if (seen === "hidden" && (await admin.twins.differences(pair)).length === 0) return "already-set";
    await admin.twins.alternate(pair, pending.password);
    return "changed";
  } finally {
    await admin.close();
  }
}

type Differences = readonly string[] | "hidden";

async function differencesSeenByNext(
  driver: Driver,
  pair: TwinPair,
  change: Change<DatabaseCredential>,
): Promise<Differences | "refused"> {
  const session = await tryConnect(driver, toLogin(change.pending), change.budget);
  if (session === "refused") return "refused";
  try {
    return await differencesOf(session, pair);
  } finally {
    await session.close();
  }
}

async function asSeenByAdmin(
  driver: Driver,
  credential: DatabaseCredential,
  pair: TwinPair,
  surroundings: Surroundings,
): Promise<readonly string[]> {
  const session = await connectAsAdmin(driver, credential, surroundings);
  try {
    const differences = await differencesOf(session, pair);
    if (differences !== "hidden") return differences;
    throw new RotationError("permission", "the administrator may not read the rights of the two users");
  } finally {
    await session.close();
  }
}

async function differencesOf(session: Session, pair: TwinPair): Promise<Differences> {
  if (!session.twins) throw new RotationError("unsupported", "this engine has no alternating users");
  return session.twins.differences(pair);
}

function unequal(differences: readonly string[]): RotationError {
  return new RotationError("conflict", `the two users are not equal: ${differences.join("; ")}`);
}
