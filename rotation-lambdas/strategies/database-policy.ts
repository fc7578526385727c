import { DatabaseCredential } from "../../components/model/credential";
import { Driver, Session } from "../driver";
import { PasswordPolicy } from "../password-policy";
import { RotationError, RotationErrorCode } from "../rotation-error";
import { Issue } from "../strategy";
import { connectAsAdmin, toLogin } from "./database-login";

/** The server's policy as the user sees it, or as the administrator does where the user is not shown it. */
export async function readPasswordPolicy(
  driver: Driver,
  from: Issue<DatabaseCredential>,
): Promise<PasswordPolicy> {
  const { current, budget } = from;
  if (!current) return hidden("the secret has no value to log in with");
  const own = await seenBy(await driver.connect(toLogin(current), budget), current.username);
  if (own.kind !== "hidden" || !current.masterarn) return own;
  return seenBy(await connectAsAdmin(driver, current, from), current.username);
}

async function seenBy(session: Session, username: string): Promise<PasswordPolicy> {
  try {
    return (await session.passwordPolicy?.(username)) ?? hidden("this engine's policies are not read");
  } catch (error) {
    const isHidden = error instanceof RotationError && !lost.includes(error.code);
    if (isHidden) return hidden(`the server does not show its policy (${error.message})`);
    throw error;
  } finally {
    await session.close();
  }
}

/** Failures that say nothing about what the server shows. */
const lost: readonly RotationErrorCode[] = ["unreachable", "timeout", "tls"];

function hidden(why: string): PasswordPolicy {
  return { kind: "hidden", why };
}
