export { ConnectSqlServer, connectByTedious, SqlServerClient } from "./client";
export { sqlServerDriver } from "./driver";
