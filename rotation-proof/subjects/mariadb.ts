import { connectByMysql2, mariadb, mysqlDriver } from "../../rotation-lambdas/drivers/mysql";
import { nativePasswordHash } from "../../rotation-lambdas/drivers/mysql/native-password";
import { MariadbServer, startMariadb } from "../servers/mariadb";
import { Subject } from "../subject";
import { databaseSubject, ProofDatabase } from "./database-subject";

/** MariaDB by each strategy. */
export const mariadbSubjects: readonly Subject[] = (
  ["single-user", "alternating-users", "dual-password", "superuser-managed"] as const
).map((strategy) => databaseSubject("mariadb", strategy, startProofMariadb));

async function startProofMariadb(): Promise<ProofDatabase> {
  const server = await startMariadb();
  for (const statement of [
    "CREATE DATABASE proof",
    "CREATE TABLE proof.orders (id INT, total INT)",
    "CREATE PROCEDURE proof.report() SELECT 1",
    "CREATE ROLE proof_role",
  ])
    await server.sql(statement);
  const connect = connectByMysql2({ caPem: server.caPem });
  return {
    testedAgainst: `MariaDB ${server.version}, over TLS`,
    place: { engine: "mariadb", host: server.host, port: server.port },
    admin: server.admin,
    tls: { caPem: server.caPem },
    driver: (recorder) => mysqlDriver(recorder.wrap("mysql", connect), mariadb),
    createUser: (username, password) => createUser(server, username, password),
    logIn: (username, password) => server.logIn(username, password).catch(sayNoWhenLocked),
    usersLike: async (prefix) => {
      const rows = await server.sql(
        `SELECT DISTINCT User AS name FROM mysql.global_priv WHERE User LIKE '${prefix}%'`,
      );
      return rows.map(({ name }) => String(name));
    },
    passwordsOf: async (username) => {
      const [row] = await server.sql(
        `SELECT MAX(JSON_LENGTH(Priv, '$.auth_or')) AS n FROM mysql.global_priv WHERE User = '${username}'`,
      );
      return Number(row?.n ?? 1);
    },
    rightsDifferences: (usernames) => rightsDifferences(server, usernames),
    newLog: () => server.newLog(),
    stop: () => server.stop(),
  };
}

/** A clone that is being made is locked. */
function sayNoWhenLocked(error: { errno?: number }): false {
  if (error.errno === 4151) return false;
  throw error;
}

async function createUser(server: MariadbServer, name: string, password: string): Promise<void> {
  const hash = nativePasswordHash(password);
  for (const statement of [
    `CREATE USER ${name} IDENTIFIED BY PASSWORD '${hash}' WITH MAX_USER_CONNECTIONS 50`,
    `GRANT SELECT, CREATE ROUTINE ON proof.* TO ${name} WITH GRANT OPTION`,
    `GRANT UPDATE (total) ON proof.orders TO ${name}`,
    `GRANT EXECUTE ON PROCEDURE proof.report TO ${name}`,
    `GRANT proof_role TO ${name} WITH ADMIN OPTION`,
    `SET DEFAULT ROLE proof_role FOR ${name}`,
    `GRANT PROCESS ON *.* TO ${name}`,
    `CREATE USER ${name}@'10.1.2.3' IDENTIFIED BY PASSWORD '${hash}' REQUIRE SSL`,
  ])
    await server.sql(statement);
}

/** As the server prints them, without the passwords. */
async function rightsDifferences(
  server: MariadbServer,
  usernames: readonly string[],
): Promise<readonly string[]> {
  const [one, other] = await Promise.all(usernames.map((name) => printedRights(server, name)));
  if (!one || !other) return [];
  return [...one.filter((line) => !other.includes(line)), ...other.filter((line) => !one.includes(line))];
}

async function printedRights(server: MariadbServer, name: string): Promise<readonly string[]> {
  const hosts = await server.sql(`SELECT Host AS host FROM mysql.global_priv WHERE User = '${name}'`);
  const lines: string[] = [];
  for (const { host } of hosts) {
    for (const kind of ["GRANTS FOR", "CREATE USER"])
      for (const row of await server.sql(`SHOW ${kind} '${name}'@'${host}'`))
        lines.push(String(Object.values(row as object)[0]));
  }
  return lines.map((line) =>
    line.replaceAll(`\`${name}\``, "`user`").replace(/ IDENTIFIED BY PASSWORD '[^']*'/, ""),
  );
}
