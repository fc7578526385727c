import { DatabaseCredential } from "../../components/model/credential";
import { Driver, withSession } from "../driver";
import { RotationError } from "../rotation-error";
import { ApplyOutcome, Change, Strategy } from "../strategy";
import { canLogIn, connectAsAdmin, toLogin, tryConnect } from "./database-login";
import { checkUsername, databasePayload } from "./database-strategy";

/**
 * One user that changes its own password. Between setSecret and finishSecret a new login with AWSCURRENT is refused
 * and one with AWSPENDING accepted; an application that cannot have that takes `alternatingUsers`.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html#rotating-secrets-one-user-one-password
 */
export function singleUser(driver: Driver): Strategy<DatabaseCredential> {
  return {
    name: "single-user",
    ...databasePayload(driver, (username) => {
      checkUsername(driver, username);
      return username;
    }),
    apply: (change) => applyToSingleUser(driver, change),
    test: (credential, { budget }) => withSession(driver, toLogin(credential), budget, async () => {}),
  };
}

async function applyToSingleUser(driver: Driver, change: Change<DatabaseCredential>): Promise<ApplyOutcome> {
  const { pending, current, budget } = change;
  const pendingLogin = toLogin(pending);
  if (await canLogIn(driver, pendingLogin, budget)) return "already-set";
  if (!current) return createFirstUser(driver, change);
  if (await changedBy(driver, toLogin(current), change)) return "changed";
  const previous = await change.previous();
  if (previous && isSameUser(previous, current) && (await changedBy(driver, toLogin(previous), change))) {
    return "changed";
  }
  // Another invocation may have made the change between the first look and the refused logins.
  if (await canLogIn(driver, pendingLogin, budget)) return "already-set";
  const refused = "the server refuses the pending, the current and the previous password";
  throw new RotationError("authentication", `${refused}: set the user's password to the current one by hand`);
}

/** Creates the first user of a secret, or takes over an existing one, through the administrator. */
export async function createFirstUser(
  driver: Driver,
  change: Change<DatabaseCredential>,
): Promise<ApplyOutcome> {
  const { username, password } = change.pending;
  const session = await connectAsAdmin(driver, change.pending, change);
  try {
    if (!session.users) throw new RotationError("unsupported", "this engine cannot create users");
    await session.users.ensure(username, password);
    return "changed";
  } finally {
    await session.close();
  }
}

async function changedBy(
  driver: Driver,
  login: ReturnType<typeof toLogin>,
  { pending, budget }: Change<DatabaseCredential>,
): Promise<boolean> {
  const session = await tryConnect(driver, login, budget);
  if (session === "refused") return false;
  try {
    await session.changeOwnPassword(pending.password);
    return true;
  } finally {
    await session.close();
  }
}

/** Whether two values are of one user of one server. */
export function isSameUser(one: DatabaseCredential, other: DatabaseCredential): boolean {
  return one.username === other.username && one.host === other.host && one.port === other.port;
}
