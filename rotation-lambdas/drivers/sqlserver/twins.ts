import { randomBytes } from "crypto";
import { TwinAdministration, TwinPair } from "../../driver";
import { RotationError } from "../../rotation-error";
import { withAppLock } from "./app-lock";
import { SqlServerClient } from "./client";
import { equalizingBatches, loginDifferences } from "./equalizing";
import { quoteIdentifier, quoteText } from "./quoting";
import { LoginRights, readLogin } from "./rights";

/** The login with the shorter name is the original; the other one is its clone, or does not exist yet. */
interface Twins {
  readonly original: LoginRights;
  readonly clone: LoginRights | undefined;
  readonly cloneName: string;
}

/**
 * Alternating logins in SQL Server. The clone is made with a password that nobody knows and gets its own last, when the
 * catalogues have shown the two equal: server roles, permissions on the server, default database and language, policy
 * checks, and in every database that the administrator can use the user with its schema, roles and permissions.
 *
 * What a user owns cannot be shared: a schema that both are to own belongs to a role that both are members of.
 */
export function sqlServerTwins(client: SqlServerClient): TwinAdministration {
  return {
    async differences(pair) {
      const seen = await client.query(
        "SELECT HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW ANY DEFINITION') AS allowed",
      );
      if (Number(seen.rows[0]?.allowed) !== 1) return "hidden";
      const { original, clone } = await readTwins(client, pair);
      return clone ? loginDifferences(original, clone) : [];
    },
    alternate: (pair, password) =>
      withAppLock(client, [pair.current, pair.next], () => alternate(client, pair, password)),
  };
}

async function alternate(client: SqlServerClient, pair: TwinPair, password: string): Promise<void> {
  const before = await readTwins(client, pair);
  checkMayBeTwinned(before);
  const cloneName = quoteIdentifier(before.cloneName);
  if (!before.clone) {
    const unknown = `${randomBytes(24).toString("base64url")}aA1!`;
    const options = [`PASSWORD = ${quoteText(unknown)}`, ...before.original.options].join(", ");
    await client.query(`CREATE LOGIN ${cloneName} WITH ${options}`);
  }
  const { original, clone } = await readTwins(client, pair);
  if (!clone) throw new RotationError("conflict", `sqlserver: login ${before.cloneName} vanished`);
  for (const batch of equalizingBatches(original, clone)) await client.query(batch);
  await proveEqual(client, pair);
  await client.query(`ALTER LOGIN ${quoteIdentifier(pair.next)} WITH PASSWORD = ${quoteText(password)}`);
}

async function proveEqual(client: SqlServerClient, pair: TwinPair): Promise<void> {
  const { original, clone } = await readTwins(client, pair);
  const differences = clone ? loginDifferences(original, clone) : ["the clone does not exist"];
  if (differences.length === 0) return;
  const what = `they differ in ${differences.join("; ")}`;
  throw new RotationError("conflict", `sqlserver: the two logins cannot be made equal: ${what}`);
}

async function readTwins(client: SqlServerClient, pair: TwinPair): Promise<Twins> {
  const [shorter, longer] =
    pair.current.length < pair.next.length ? [pair.current, pair.next] : [pair.next, pair.current];
  const original = await readLogin(client, shorter);
  if (original) return { original, clone: await readLogin(client, longer), cloneName: longer };
  const what = `login ${shorter} does not exist, which ${longer} is to be the clone of`;
  throw new RotationError("conflict", `sqlserver: ${what}: begin with the original`);
}

const powerfulRoles: readonly string[] = ["sysadmin", "securityadmin"];

function checkMayBeTwinned({ original, clone }: Twins): void {
  if (isPowerful(original) || (clone && isPowerful(clone))) {
    const what = `${original.name} or its clone is an administrator: rotate it as a single user`;
    throw new RotationError("policy-refused", `sqlserver: ${what}`);
  }
  const owned = [original, clone].flatMap((login) =>
    [...(login?.databases ?? [])].flatMap(([name, user]) => user.owns.map((one) => `${one} in ${name}`)),
  );
  if (owned.length === 0) return;
  const advice = "give them to a role that both are members of, by ALTER AUTHORIZATION";
  throw new RotationError("conflict", `sqlserver: the user owns ${owned.join(", ")}: ${advice}`);
}

/** Whether a login may change others. */
export function isPowerful({ roles, permissions }: Pick<LoginRights, "roles" | "permissions">): boolean {
  return (
    roles.some((role) => powerfulRoles.includes(role)) ||
    permissions.some(({ permission, state }) => permission === "CONTROL SERVER" && state !== "DENY")
  );
}
