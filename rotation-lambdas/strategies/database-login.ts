import { DatabaseCredential, parseAdminCredential } from "../../components/model/credential";
import { RotationSettings } from "../../components/model/rotation-settings";
import { matchesArn } from "../arn-pattern";
import { Driver, Login, Session } from "../driver";
import { isRefusedLogin, RotationError } from "../rotation-error";
import { Surroundings } from "../strategy";
import { TimeBudget } from "../time-budget";

/** Pause before the administrator's secret is read again, when its rotation may be under way. Milliseconds. */
const adminRetryPauseMs = 500;

/** The login that a credential describes. */
export function toLogin(credential: DatabaseCredential): Login {
  const { host, port, dbname, username, password } = credential;
  return { host, port, database: dbname, username, password };
}

/** A session, or `refused` when the server refuses the login; every other failure is thrown. */
export async function tryConnect(
  driver: Driver,
  login: Login,
  budget: TimeBudget,
): Promise<Session | "refused"> {
  try {
    return await driver.connect(login, budget);
  } catch (error) {
    if (isRefusedLogin(error)) return "refused";
    throw error;
  }
}

/** Whether the server accepts the login. @throws RotationError when the server gives no verdict */
export async function canLogIn(driver: Driver, login: Login, budget: TimeBudget): Promise<boolean> {
  const session = await tryConnect(driver, login, budget);
  if (session === "refused") return false;
  await session.close();
  return true;
}

/**
 * Logs in as the administrator named by `masterarn`, at the credential's own host. While the administrator's secret is
 * rotated itself, its AWSPENDING is tried after its AWSCURRENT.
 *
 * @throws RotationError `policy-refused` when the function may not use that secret or it is for another server
 */
export async function connectAsAdmin(
  driver: Driver,
  credential: DatabaseCredential,
  surroundings: Surroundings,
): Promise<Session> {
  const adminArn = permittedAdminArn(credential, surroundings);
  const stages = ["AWSCURRENT", "AWSPENDING", "AWSCURRENT"] as const;
  for (const [attempt, stage] of stages.entries()) {
    if (attempt === 2 && !(await surroundings.budget.pause(adminRetryPauseMs))) break;
    const login = await adminLogin(adminArn, stage, credential, surroundings);
    const session = login && (await tryConnect(driver, login, surroundings.budget));
    if (session && session !== "refused") return session;
  }
  throw new RotationError("authentication", `the server refuses the administrator of ${adminArn}`);
}

function permittedAdminArn(credential: DatabaseCredential, { settings, secretArn }: Surroundings): string {
  const { masterarn } = credential;
  if (!masterarn) {
    throw new RotationError("invalid-secret", `"masterarn" is missing: it names the administrator's secret`);
  }
  if (masterarn === secretArn) throw new RotationError("invalid-secret", `"masterarn" is the secret itself`);
  if (settings.adminSecretArn !== undefined && !matchesArn(settings.adminSecretArn, masterarn)) {
    throw new RotationError("policy-refused", `this function may not use the secret in "masterarn"`);
  }
  return masterarn;
}

async function adminLogin(
  adminArn: string,
  stage: "AWSCURRENT" | "AWSPENDING",
  credential: DatabaseCredential,
  surroundings: Surroundings,
): Promise<Login | undefined> {
  const text = await surroundings.readSecret(adminArn, stage);
  if (text === "absent") {
    if (stage === "AWSPENDING") return undefined;
    throw new RotationError("invalid-secret", `the administrator's secret ${adminArn} has no value`);
  }
  const parsed = parseAdminCredential(text);
  if (!parsed.ok) {
    throw new RotationError("invalid-secret", `${adminArn}: ${parsed.problems.join("; ")}`);
  }
  const { host, username, password } = parsed.value;
  checkAdminHost(host, credential, surroundings.settings);
  return { ...toLogin(credential), username, password };
}

/** The administrator's password must never be sent to a server that its own secret does not name. */
function checkAdminHost(
  adminHost: string | undefined,
  { host }: DatabaseCredential,
  settings: RotationSettings,
): void {
  if (adminHost === undefined) {
    if (settings.adminSecretArn !== undefined) return;
    const advice = `name it in the function's "adminSecretArn" to trust it`;
    throw new RotationError("policy-refused", `the administrator's secret holds no host: ${advice}`);
  }
  if (!isSameHost(adminHost, host, settings)) {
    throw new RotationError("policy-refused", "the administrator's secret is for another host");
  }
}

function isSameHost(one: string, other: string, settings: RotationSettings): boolean {
  const [a, b] = [normalHost(one), normalHost(other)];
  if (a === b) return true;
  return (settings.hostAliases ?? []).some((group) => {
    const hosts = group.map(normalHost);
    return hosts.includes(a) && hosts.includes(b);
  });
}

/** Host names compare without case, and with or without the final dot. */
function normalHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}
