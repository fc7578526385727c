export { connectByPg, ConnectPostgres, PostgresClient } from "./client";
export { postgresDriver } from "./driver";
