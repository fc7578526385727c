import { DatabaseCredential } from "../../components/model/credential";
import { Driver, withSession } from "../driver";
import { RotationError } from "../rotation-error";
import { ApplyOutcome, Change, Strategy } from "../strategy";
import { canLogIn, connectAsAdmin, toLogin } from "./database-login";
import { checkUsername, databasePayload } from "./database-strategy";
import { createFirstUser, isSameUser } from "./single-user";

/**
 * One user whose password the administrator of `masterarn` sets, for users that may not change their own. Between
 * setSecret and finishSecret a new login with AWSCURRENT is refused and one with AWSPENDING accepted, as for
 * `singleUser`.
 *
 * The administrator acts only for a user that the current or the previous value can log in as, or that the function's
 * own seed names; so whoever may write the secret cannot have another user's password changed. The seed also mends a
 * secret whose passwords are all refused.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-strategy.html
 */
export function superuserManaged(driver: Driver): Strategy<DatabaseCredential> {
  return {
    name: "superuser-managed",
    ...databasePayload(driver, (username) => {
      checkUsername(driver, username);
      return username;
    }),
    apply: (change) => applyByAdmin(driver, change),
    test: (credential, { budget }) => withSession(driver, toLogin(credential), budget, async () => {}),
    async preflight(from) {
      if (!from.current) return;
      const admin = await connectAsAdmin(driver, from.current, from);
      await admin.close();
      if (!admin.users)
        throw new RotationError("unsupported", "this engine cannot set another user's password");
    },
  };
}

async function applyByAdmin(driver: Driver, change: Change<DatabaseCredential>): Promise<ApplyOutcome> {
  const { pending, budget } = change;
  if (await canLogIn(driver, toLogin(pending), budget)) return "already-set";
  if (await isKnownUser(driver, change)) return createFirstUser(driver, change);
  // Another invocation may have made the change between the first look and the refused logins.
  if (await canLogIn(driver, toLogin(pending), budget)) return "already-set";
  const refused = "the server refuses the pending, the current and the previous password";
  const advice = "set the user's password to the current one by hand, or give the function a seed";
  throw new RotationError("authentication", `${refused}: ${advice}`);
}

async function isKnownUser(driver: Driver, change: Change<DatabaseCredential>): Promise<boolean> {
  const { pending, current, budget, settings } = change;
  if (!current || isSeed(pending, settings.seed)) return true;
  if (await canLogIn(driver, toLogin(current), budget)) return true;
  const previous = await change.previous();
  if (!previous || !isSameUser(previous, current)) return false;
  return canLogIn(driver, toLogin(previous), budget);
}

function isSeed(
  { engine, host, port, username, masterarn }: DatabaseCredential,
  seed: Change<DatabaseCredential>["settings"]["seed"],
): boolean {
  if (!seed) return false;
  return [
    [seed.engine, engine],
    [seed.host, host],
    [seed.port, port],
    [seed.username, username],
    [seed.masterarn, masterarn],
  ].every(([ours, theirs]) => ours === theirs);
}
