import { TwinAdministration, TwinPair } from "../../driver";
import { RotationError } from "../../rotation-error";
import { TimeBudget } from "../../time-budget";
import { PostgresClient } from "./client";
import { takeOwnHoldings } from "./hand-over";
import { quoteIdentifier } from "./quoting";
import { readRole, Role } from "./role";
import { scramVerifier } from "./scram-verifier";
import { inTransaction } from "./transaction";
import { equalizingStatements, grantMembership, twinDifferences } from "./twin-rights";

/** Which of two users is the original. The other one is its member, or does not exist yet. */
interface Twins {
  readonly original: Role;
  readonly clone: Role | undefined;
  readonly cloneName: string;
}

/** Alternating users in PostgreSQL. @param serverVersion `server_version_num` */
export function postgresTwins(
  client: PostgresClient,
  serverVersion: number,
  budget: TimeBudget,
): TwinAdministration {
  return {
    async differences(pair) {
      const { original, clone } = await readTwins(client, pair, serverVersion);
      return clone ? twinDifferences(original, clone, serverVersion) : [];
    },
    async check(pair) {
      const found = await readTwins(client, pair, serverVersion);
      checkMayBeTwinned(found);
      await checkAdminOf(client, found.original, serverVersion);
    },
    alternate: (pair, password) =>
      inTransaction(client, budget, JSON.stringify([pair.current, pair.next].sort()), () =>
        alternate(client, pair, password, serverVersion),
      ),
  };
}

async function alternate(
  client: PostgresClient,
  pair: TwinPair,
  password: string,
  serverVersion: number,
): Promise<void> {
  const found = await readTwins(client, pair, serverVersion);
  checkMayBeTwinned(found);
  await checkAdminOf(client, found.original, serverVersion);
  if (!found.clone) await createClone(client, found, serverVersion);
  const { original, clone } = await readTwins(client, pair, serverVersion);
  if (!clone) throw new RotationError("conflict", `role ${found.cloneName} vanished`);
  await takeOwnHoldings(client, original, clone);
  for (const statement of equalizingStatements(original, clone, serverVersion)) await client.query(statement);
  await client.query(`ALTER ROLE ${quoteIdentifier(pair.next)} PASSWORD '${scramVerifier(password)}'`);
  await proveEqual(client, pair, serverVersion);
}

async function proveEqual(client: PostgresClient, pair: TwinPair, serverVersion: number): Promise<void> {
  const { original, clone } = await readTwins(client, pair, serverVersion);
  const differences = clone ? twinDifferences(original, clone, serverVersion) : ["the clone does not exist"];
  if (differences.length === 0) return;
  const advice = `hand over with REASSIGN OWNED BY and REVOKE in the databases named`;
  throw new RotationError(
    "conflict",
    `postgres: the two users cannot be made equal: ${differences.join("; ")}: ${advice}`,
  );
}

async function createClone(
  client: PostgresClient,
  { original, cloneName }: Twins,
  version: number,
): Promise<void> {
  await client.query(`CREATE ROLE ${quoteIdentifier(cloneName)} LOGIN`);
  await client.query(grantMembership(original.name, cloneName, version));
}

/** @throws RotationError `conflict` when a role of the clone's name exists that nobody made a member of the original */
async function readTwins(client: PostgresClient, pair: TwinPair, version: number): Promise<Twins> {
  const current = await readRole(client, pair.current, version);
  const next = await readRole(client, pair.next, version);
  if (current && next) {
    const [shorter, longer] = current.name.length < next.name.length ? [current, next] : [next, current];
    if (isMemberOf(longer, shorter)) return { original: shorter, clone: longer, cloneName: longer.name };
    if (isMemberOf(shorter, longer)) return { original: longer, clone: shorter, cloneName: shorter.name };
    const grant = `GRANT ${quoteIdentifier(shorter.name)} TO ${quoteIdentifier(longer.name)}`;
    const advice = `if it is the second user of this secret, run ${grant}`;
    throw new RotationError("conflict", `postgres: role ${pair.next} exists and is no clone: ${advice}`);
  }
  const original = current ?? next;
  if (!original) throw new RotationError("conflict", `postgres: role ${pair.current} does not exist`);
  return { original, clone: undefined, cloneName: current ? pair.next : pair.current };
}

function isMemberOf(member: Role, role: Role): boolean {
  return member.memberships.some((membership) => membership.role === role.name);
}

function checkMayBeTwinned({ original, clone }: Twins): void {
  if (!original.isSuperuser && !clone?.isSuperuser) return;
  const advice = "a superuser is rotated as a single user";
  throw new RotationError(
    "policy-refused",
    `postgres: ${original.name} or its clone is a superuser: ${advice}`,
  );
}

/** Asked before the first change, for a clear answer; from version 16 CREATEROLE alone is not enough. */
async function checkAdminOf(client: PostgresClient, role: Role, version: number): Promise<void> {
  const { rows } = await client.query(
    `SELECT r.rolname, r.rolsuper, r.rolcreaterole,
       pg_catalog.pg_has_role(r.oid, $1::oid, 'MEMBER WITH ADMIN OPTION') AS is_admin
     FROM pg_catalog.pg_roles r WHERE r.rolname = current_user`,
    [role.oid],
  );
  const { rolname, rolsuper, rolcreaterole, is_admin: isAdmin } = rows[0];
  if (rolsuper || (rolcreaterole && (isAdmin || version < 160000))) return;
  const grant = `GRANT ${quoteIdentifier(role.name)} TO ${quoteIdentifier(rolname)} WITH ADMIN OPTION`;
  const needs = `needs CREATEROLE${version >= 160000 ? ` and: ${grant}` : ""}`;
  throw new RotationError("permission", `postgres: the administrator ${rolname} ${needs}`);
}
