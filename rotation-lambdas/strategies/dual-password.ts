import { DatabaseCredential } from "../../components/model/credential";
import { Driver, DualPasswordAdministration, Session, withSession } from "../driver";
import { defaultLoginOverlapMs, LoginOverlap } from "../login-overlap";
import { RotationError } from "../rotation-error";
import { ApplyOutcome, Change, Strategy } from "../strategy";
import { canLogIn, connectAsAdmin, toLogin } from "./database-login";
import { checkUsername, databasePayload } from "./database-strategy";
import { createFirstUser, isSameUser } from "./single-user";

/**
 * One user with two passwords during the change: a login with AWSCURRENT is never refused, and there is no second user
 * to keep equal. The old password stops being accepted after AWSCURRENT has moved. The user changes its own passwords,
 * or the administrator does where the secret has a `masterarn`.
 *
 * An application that reads the secret just before AWSCURRENT moves has `overlapMs` after that to log in; a slower one is
 * refused once and has the new value at its next read.
 */
export function dualPassword(
  driver: Driver,
  { overlapMs = defaultLoginOverlapMs }: LoginOverlap = {},
): Strategy<DatabaseCredential> {
  return {
    name: "dual-password",
    ...databasePayload(driver, (username) => {
      checkUsername(driver, username);
      return username;
    }),
    apply: (change) => addPending(driver, change),
    test: (credential, { budget }) => withSession(driver, toLogin(credential), budget, async () => {}),
    afterPromotion: (change) => discardOld(driver, change, overlapMs),
  };
}

async function addPending(driver: Driver, change: Change<DatabaseCredential>): Promise<ApplyOutcome> {
  const { pending, current, budget } = change;
  const isPendingAccepted = await canLogIn(driver, toLogin(pending), budget);
  if (!current) return isPendingAccepted ? "already-set" : createFirstUser(driver, change);
  const kept = await acceptedCredential(driver, change);
  if (isPendingAccepted && kept !== undefined) return "already-set";
  if (!kept) {
    if (await canLogIn(driver, toLogin(pending), budget)) return "already-set";
    const refused = "the server refuses the pending, the current and the previous password";
    throw new RotationError(
      "authentication",
      `${refused}: set the user's password to the current one by hand`,
    );
  }
  await withDual(driver, kept, change, (dual) => dual.add(pending.username, pending.password, kept.password));
  return "changed";
}

/** The current value, or the previous one of the same user, with which the server lets the user in. */
async function acceptedCredential(
  driver: Driver,
  { current, previous, budget }: Change<DatabaseCredential>,
): Promise<DatabaseCredential | undefined> {
  if (!current) return undefined;
  if (await canLogIn(driver, toLogin(current), budget)) return current;
  const older = await previous();
  if (!older || !isSameUser(older, current)) return undefined;
  return (await canLogIn(driver, toLogin(older), budget)) ? older : undefined;
}

async function discardOld(
  driver: Driver,
  change: Change<DatabaseCredential>,
  overlapMs: number,
): Promise<void> {
  const { pending, current } = change;
  if (!current || !isSameUser(pending, current)) return;
  if (!(await canLogIn(driver, toLogin(current), change.budget))) return;
  await change.budget.pause(overlapMs);
  await withDual(driver, pending, change, (dual) => dual.keepOnly(pending.username, pending.password));
}

/** A session that may change the user's passwords: the administrator's where there is one, else the user's own. */
async function withDual(
  driver: Driver,
  credential: DatabaseCredential,
  change: Change<DatabaseCredential>,
  work: (dual: DualPasswordAdministration) => Promise<void>,
): Promise<void> {
  const session: Session = credential.masterarn
    ? await connectAsAdmin(driver, credential, change)
    : await driver.connect(toLogin(credential), change.budget);
  try {
    if (!session.dual) throw new RotationError("unsupported", "this server accepts one password at a time");
    await work(session.dual);
  } finally {
    await session.close();
  }
}
