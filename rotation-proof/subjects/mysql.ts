import { connectByMysql2, mysql, mysqlDriver } from "../../rotation-lambdas/drivers/mysql";
import { MysqlFake, startMysqlFake } from "../servers/mysql-fake";
import { Subject } from "../subject";
import { databaseSubject, ProofDatabase } from "./database-subject";

/** MySQL by each strategy, against a stand-in. */
export const mysqlSubjects: readonly Subject[] = (
  ["single-user", "alternating-users", "dual-password", "superuser-managed"] as const
).map((strategy) => databaseSubject("mysql", strategy, startProofMysql));

async function startProofMysql(): Promise<ProofDatabase> {
  const fake = await startMysqlFake();
  await fake.sql("CREATE USER `proof_role`@`%` ACCOUNT LOCK");
  const connect = connectByMysql2({ caPem: fake.caPem });
  return {
    testedAgainst: "a stand-in for MySQL 8.4 at its protocol, over TLS",
    place: { engine: "mysql", host: fake.host, port: fake.port },
    admin: fake.admin,
    tls: { caPem: fake.caPem },
    driver: (recorder) => mysqlDriver(recorder.wrap("mysql", connect), mysql),
    createUser: (username, password) => createUser(fake, username, password),
    logIn: (username, password) => fake.logIn(username, password),
    usersLike: async (prefix) => [
      ...new Set(fake.state.accounts.map(({ user }) => user).filter((user) => user.startsWith(prefix))),
    ],
    passwordsOf: async (username) => {
      const accounts = fake.state.accountsOf(username);
      return accounts.some(({ second }) => second !== undefined) ? 2 : 1;
    },
    rightsDifferences: async (usernames) => rightsDifferences(fake, usernames),
    newLog: async () => fake.state.log.splice(0).join("\n"),
    stop: () => fake.stop(),
  };
}

async function createUser(fake: MysqlFake, name: string, password: string): Promise<void> {
  const account = `\`${name}\`@\`%\``;
  for (const statement of [
    `CREATE USER ${account} IDENTIFIED BY '${password}'`,
    `ALTER USER ${account} WITH MAX_USER_CONNECTIONS 50 PASSWORD EXPIRE INTERVAL 90 DAY`,
    `GRANT SELECT, INSERT ON \`proof\`.* TO ${account} WITH GRANT OPTION`,
    `GRANT PROCESS ON *.* TO ${account}`,
    `GRANT BACKUP_ADMIN ON *.* TO ${account} WITH GRANT OPTION`,
    `GRANT \`proof_role\`@\`%\` TO ${account} WITH ADMIN OPTION`,
    `ALTER USER ${account} DEFAULT ROLE \`proof_role\`@\`%\``,
    `CREATE USER \`${name}\`@\`10.1.2.3\` IDENTIFIED BY '${password}'`,
  ])
    await fake.sql(statement);
}

function rightsDifferences({ state }: MysqlFake, usernames: readonly string[]): readonly string[] {
  if (usernames.length < 2) return [];
  const [one, other] = usernames.map((name) =>
    state
      .accountsOf(name)
      .map(({ host, options, dynamic, privileges, restrictions, roles, defaultRoles }) =>
        JSON.stringify([
          host,
          ...[options, dynamic, privileges, restrictions, roles].map((map) => sorted(map)),
          defaultRoles,
        ]),
      )
      .sort(),
  );
  return one!.filter((line, index) => line !== other![index]);
}

function sorted(map: ReadonlyMap<string, unknown>): unknown {
  const plain = (value: unknown) => (value instanceof Set ? [...value].sort() : value);
  return [...map].map(([key, value]) => [key, plain(value)]).sort();
}
