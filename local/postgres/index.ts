export { makeCertificates, ServerCertificates } from "./certificates";
export { PostgresOptions, PostgresServer, startPostgres } from "./start-postgres";
