import { connectByMysql2, mariadb, mysqlDriver } from "../../rotation-lambdas/drivers/mysql";
import { MariadbServer, startMariadb } from "../../rotation-proof/servers/mariadb";
import { Unavailable } from "../../rotation-proof/subject";
import { RigServer } from "./server-rig";

let running: Promise<MariadbServer | Unavailable> | undefined;

/** The server that the tests of one process share, or why there is none; it ends with the process. */
export function testMariadb(): Promise<MariadbServer | Unavailable> {
  return (running ??= startMariadb().catch((error: unknown) => {
    if (error instanceof Unavailable) return error;
    throw error;
  }));
}

/** MariaDB for a rig, over verified TLS. */
export function mariadbForRig(server: MariadbServer): RigServer {
  // Once, as a function does it: reading the roots takes longer than a login.
  const connect = connectByMysql2({ caPem: server.caPem });
  return {
    place: { engine: "mariadb", host: server.host, port: server.port },
    admin: server.admin,
    driver: (recorder, settings) =>
      mysqlDriver(recorder.wrap("mysql", settings.tls ? connectByMysql2(settings.tls) : connect), mariadb),
    logIn: (username, password) => server.logIn(username, password),
  };
}
