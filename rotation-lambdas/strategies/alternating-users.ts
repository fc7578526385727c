import { DatabaseCredential } from "../../components/model/credential";
import { Driver, Session, TwinPair, withSession } from "../driver";
import { RotationError } from "../rotation-error";
import { ApplyOutcome, Change, Strategy } from "../strategy";
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
    async test(credential, { budget }) {
      const pair = { current: alternateUsername(credential.username), next: credential.username };
      const differences = await withSession(driver, toLogin(credential), budget, (session) =>
        differencesOf(session, pair),
      );
      if (differences.length > 0) throw unequal(differences);
    },
  };
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
  if (await isDone(driver, pair, change)) return "already-set";
  const admin = await connectAsAdmin(driver, current, change);
  try {
    if (!admin.twins) throw new RotationError("unsupported", "this engine has no alternating users");
    await admin.twins.alternate(pair, pending.password);
    return "changed";
  } finally {
    await admin.close();
  }
}

async function isDone(driver: Driver, pair: TwinPair, change: Change<DatabaseCredential>): Promise<boolean> {
  const session = await tryConnect(driver, toLogin(change.pending), change.budget);
  if (session === "refused") return false;
  try {
    return (await differencesOf(session, pair)).length === 0;
  } finally {
    await session.close();
  }
}

async function differencesOf(session: Session, pair: TwinPair): Promise<readonly string[]> {
  if (!session.twins) throw new RotationError("unsupported", "this engine has no alternating users");
  return session.twins.differences(pair);
}

function unequal(differences: readonly string[]): RotationError {
  return new RotationError("conflict", `the two users are not equal: ${differences.join("; ")}`);
}
