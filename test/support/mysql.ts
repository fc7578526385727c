import { connectByMysql2, mysql, mysqlDriver } from "../../rotation-lambdas/drivers/mysql";
import { MysqlFake } from "../../rotation-proof/servers/mysql-fake";
import { RigServer } from "./server-rig";

/** The stand-in for MySQL for a rig, over verified TLS. */
export function mysqlForRig(fake: MysqlFake): RigServer {
  const connect = connectByMysql2({ caPem: fake.caPem });
  return {
    place: { engine: "mysql", host: fake.host, port: fake.port },
    admin: fake.admin,
    driver: (recorder) => mysqlDriver(recorder.wrap("mysql", connect), mysql),
    logIn: (username, password) => fake.logIn(username, password),
  };
}
