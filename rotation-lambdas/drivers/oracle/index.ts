export { connectByOracledb, ConnectOracle, OracleClient } from "./client";
export { oracleDriver } from "./driver";
