export { ConnectMysql, connectByMysql2, MysqlClient } from "./client";
export { mysqlDriver } from "./driver";
export { mariadb } from "./mariadb";
