import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { Client } from "pg";
import { Database } from "./platform";

/** Name of the workload's database, as the environment names it. */
export const DATABASE_NAME = "orders";
export const ADMIN_USER = "orders_admin";

/**
 * What a database team does before the platform takes over: the database, and an administrator that may create roles.
 *
 * @returns the first value of the administrator's secret
 */
export async function createAdministrator(database: Database): Promise<string> {
  const password = randomBytes(24).toString("hex");
  await asSuperuser(database, "postgres", async (client) => {
    await client.query(`CREATE ROLE ${ADMIN_USER} LOGIN CREATEROLE CREATEDB PASSWORD '${password}'`);
    await client.query(`CREATE DATABASE ${DATABASE_NAME} OWNER ${ADMIN_USER}`);
  });
  const { host, port } = database;
  return JSON.stringify({
    engine: "postgres",
    host,
    port,
    dbname: DATABASE_NAME,
    username: ADMIN_USER,
    password,
  });
}

/** The application's table, and the rights of its user, which the clone has to get at the first rotation. */
export async function createTable(database: Database, user: string): Promise<void> {
  await asSuperuser(database, DATABASE_NAME, async (client) => {
    await client.query(`SET ROLE ${ADMIN_USER}`);
    await client.query(
      "CREATE TABLE purchase (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item text NOT NULL)",
    );
    await client.query("INSERT INTO purchase (item) VALUES ('lamp'), ('chair')");
    await client.query(`GRANT SELECT, INSERT ON purchase TO ${client.escapeIdentifier(user)}`);
  });
}

async function asSuperuser(
  database: Database,
  name: string,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const { host, port, superuser, password, caFile } = database;
  const ssl = { ca: readFileSync(caFile, "utf8") };
  const client = new Client({ host, port, user: superuser, password, database: name, ssl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
