import { setTimeout as sleep } from "node:timers/promises";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { LoginSource } from "./login";
import { query } from "./query";

/**
 * The application: a query over a new login every 50 ms. Prints one JSON object a second, and a last one with
 * `final: true` when it is told to stop (SIGTERM or SIGINT).
 *
 * Environment: SECRET_ID (the secret's ARN), AWS_REGION and credentials as for any AWS SDK, SECRET_MAX_AGE_SECONDS
 * (default 60), PGSSLROOTCERT (authority of the database's certificate).
 */
async function main(): Promise<void> {
  const secretId = process.env.SECRET_ID;
  if (!secretId)
    throw new Error("SECRET_ID is not set: expected the ARN of the secret with the database login");
  const maxAgeMs = Number(process.env.SECRET_MAX_AGE_SECONDS ?? 60) * 1000;
  const source = new LoginSource(new SecretsManagerClient({}), secretId, maxAgeMs);

  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => (stopping = true));
  const seen = { queries: 0, failures: 0, retries: 0, user: "", versionId: "" };
  const reporting = setInterval(() => console.log(JSON.stringify(seen)), 1_000);
  while (!stopping) {
    const pause = sleep(INTERVAL_MS);
    await count(source, seen);
    await pause;
  }
  clearInterval(reporting);
  console.log(JSON.stringify({ ...seen, final: true }));
}

const INTERVAL_MS = 50;

interface Seen {
  queries: number;
  /** Queries that failed although everything was tried: what a user of the application would have seen. */
  failures: number;
  retries: number;
  user: string;
  versionId: string;
}

async function count(source: LoginSource, seen: Seen): Promise<void> {
  seen.queries++;
  try {
    const { user, versionId, retries } = await query(source);
    Object.assign(seen, { user, versionId, retries: seen.retries + retries });
  } catch (error) {
    seen.failures++;
    const { name, message } = error as Error;
    console.error(JSON.stringify({ failed: name, reason: message }));
  }
}

void main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
