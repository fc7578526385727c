import { execFileSync } from "child_process";
import { chmodSync, chownSync, readdirSync, readFileSync, writeFileSync } from "fs";
import { createConnection } from "mysql2/promise";
import * as path from "path";
import { CertificateFiles, Certificates, makeCertificates } from "./certificates";
import { GrowingFile } from "./growing-file";
import { freePort, installedProgram, startServerProcess, temporaryFolder } from "./server-process";

export interface MariadbServerOptions {
  /** What the server shows; `none` for a server without TLS. @default the good certificate */
  readonly certificate?: "none" | ((made: Certificates) => CertificateFiles);
  /** Further options of the server program. @default none */
  readonly args?: readonly string[];
}

/** Debian's mariadbd with TLS and an administrator, which logs every statement. */
export interface MariadbServer {
  readonly version: string;
  /** 127.0.0.1 by the name that is in its certificate. */
  readonly host: "localhost";
  readonly port: number;
  readonly caPem: string;
  /** May do everything, without TLS too. */
  readonly admin: { readonly username: string; readonly password: string };
  /** One statement as the administrator. */
  sql(statement: string): Promise<readonly any[]>;
  /** Logs in by a connection of its own. @returns false when the server refuses the password */
  logIn(username: string, password: string): Promise<boolean>;
  /** The general query log and the error log so far. */
  log(): Promise<string>;
  /** What was logged since it was last asked. */
  newLog(): Promise<string>;
  stop(): Promise<void>;
}

const fast = [
  ...["--innodb-log-file-size=4M", "--innodb-buffer-pool-size=16M", "--innodb-flush-log-at-trx-commit=0"],
  ...["--innodb-flush-method=nosync", "--innodb-doublewrite=0"],
];

/** @throws Unavailable when mariadbd is not installed */
export async function startMariadb(options: MariadbServerOptions = {}): Promise<MariadbServer> {
  const program = installedProgram("mariadbd", "mariadb-server");
  const { folder, remove } = temporaryFolder("mariadb");
  const certificates = makeCertificates(folder);
  const port = await freePort();
  const admin = { username: "admin", password: "administrator-password-1" };
  const args = prepare(folder, port, admin, certificates, options);
  const server = await startServerProcess({ program, args, port, startMs: 20000 });
  const connect = (user: string, password: string) =>
    createConnection({ host: "127.0.0.1", port, user, password, charset: "utf8mb4" });
  const general = new GrowingFile(path.join(folder, "data/general.log"));
  const adminConnection = await connect(admin.username, admin.password);
  return {
    ...{ version: versionOf(program), host: "localhost", port, caPem: certificates.caPem, admin },
    sql: async (statement) => {
      const [rows] = await adminConnection.query(statement);
      return Array.isArray(rows) ? rows : [];
    },
    async logIn(username, password) {
      try {
        await (await connect(username, password)).end();
        return true;
      } catch (error) {
        if ((error as { errno?: number }).errno === 1045) return false;
        throw error;
      }
    },
    log: async () => readFileSync(path.join(folder, "data/general.log"), "utf8") + server.output(),
    newLog: async () => general.read() + server.newOutput(),
    stop: async () => {
      await adminConnection.end();
      await server.stop();
      remove();
    },
  };
}

/** Makes the data folder. @returns the server's arguments */
function prepare(
  folder: string,
  port: number,
  admin: MariadbServer["admin"],
  certificates: Certificates,
  { certificate = (made) => made.server, args = [] }: MariadbServerOptions,
): readonly string[] {
  const data = path.join(folder, "data");
  const account = giveToServer(folder);
  execFileSync(
    installedProgram("mariadb-install-db", "mariadb-server"),
    [
      ...["--no-defaults", `--datadir=${data}`, "--skip-test-db", "--skip-name-resolve", ...fast, ...account],
      "--auth-root-authentication-method=normal",
    ],
    { stdio: "ignore" },
  );
  const first = path.join(folder, "first.sql");
  const statements = [
    `CREATE USER IF NOT EXISTS ${admin.username}@'%' IDENTIFIED BY '${admin.password}';`,
    `GRANT ALL ON *.* TO ${admin.username}@'%' WITH GRANT OPTION;`,
    // GRANT PROXY on everybody is root's alone.
    `REPLACE INTO mysql.proxies_priv VALUES ('%', '${admin.username}', '', '', 1, '', NOW());`,
    "FLUSH PRIVILEGES;",
    `DROP USER IF EXISTS root@localhost;`,
  ];
  writeFileSync(first, statements.join("\n"));
  const shown = certificate === "none" ? undefined : certificate(certificates);
  return [
    ...["--no-defaults", ...account, `--datadir=${data}`, `--port=${port}`, "--bind-address=127.0.0.1"],
    ...[`--socket=${path.join(folder, "socket")}`, `--pid-file=${path.join(folder, "data/pid")}`],
    ...["--skip-name-resolve", `--init-file=${first}`, "--performance-schema=OFF", ...fast],
    ...["--general-log=1", `--general-log-file=${path.join(folder, "data/general.log")}`],
    ...(shown ? [`--ssl-cert=${shown.certificate}`, `--ssl-key=${shown.key}`] : ["--skip-ssl"]),
    ...args,
  ];
}

/** Root's server runs as `mysql`, the user of Debian's package, which must reach the folder and the keys. */
function giveToServer(folder: string): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  const [uid, gid] = ["-u", "-g"].map((flag) =>
    Number(execFileSync("id", [flag, "mysql"], { encoding: "utf8" })),
  );
  for (const name of ["", ...readdirSync(folder)]) chownSync(path.join(folder, name), uid!, gid!);
  chmodSync(folder, 0o755);
  return ["--user=mysql"];
}

function versionOf(program: string): string {
  return /Ver (\S+)-MariaDB/.exec(execFileSync(program, ["--version"], { encoding: "utf8" }))?.[1] ?? "";
}
