export { ConnectMysql, connectByMysql2, MysqlClient } from "./client";
export { mysqlDriver } from "./driver";
export { mysql } from "./mysql";
export { mariadb } from "./mariadb";
