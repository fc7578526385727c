import * as fs from "fs";
import { parseArgs } from "util";
import { AccountsFile, accountsFileProblems, DEFAULT_ACCOUNTS } from "./core/accounts-file";
import { Cloud, createCloud } from "./core/cloud";
import { JournalStore, memoryStore } from "./core/journal-store";
import { fileSealer, memorySealer } from "./core/sealed";
import { startServer } from "./server";
import { services } from "./services";

const USAGE = `Usage: cloud [--port N] [--accounts FILE] [--state DIR] [--control] [--quotas]
  --port N         where to listen on 127.0.0.1; 0 for any free port (default 4566)
  --accounts FILE  organisation, accounts and administrators' keys (JSON)
  --state DIR      keep the state there over a restart (default: in memory only)
  --control        open /_strongroom/: clock, faults, calls, reset
  --quotas         throttle calls beyond the rates that AWS publishes for Secrets Manager
  --with-parent    stop when standard input ends: a program that starts the cloud takes it along however it ends
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4566" },
      accounts: { type: "string" },
      state: { type: "string" },
      control: { type: "boolean", default: false },
      quotas: { type: "boolean", default: false },
      "with-parent": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port: "${values.port}" is not a port.`);
  const cloud = openCloud(values.accounts, values.state, values.quotas);
  const server = await startServer(cloud, { port, control: values.control });
  const timer = setInterval(() => void tick(cloud), 1000);
  const end = () => {
    clearInterval(timer);
    void server.close().then(() => stop(cloud));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, end);
  if (values["with-parent"]) process.stdin.once("end", end).resume();
  process.stdout.write(`${JSON.stringify({ url: server.url })}\nlistening on ${server.url}\n`);
}

function openCloud(accountsFile: string | undefined, state: string | undefined, throttles: boolean): Cloud {
  const accounts = accountsFile === undefined ? DEFAULT_ACCOUNTS : readAccounts(accountsFile);
  const store = state === undefined ? memoryStore() : new JournalStore(state);
  const sealer = state === undefined ? memorySealer() : fileSealer(state);
  return createCloud({ services, store, sealer, accounts, throttles });
}

function readAccounts(path: string): AccountsFile {
  let file: AccountsFile;
  try {
    file = JSON.parse(fs.readFileSync(path, "utf8")) as AccountsFile;
  } catch (error) {
    throw new Error(`The accounts file ${path} cannot be read: ${(error as Error).message}`);
  }
  const problems = accountsFileProblems(file);
  if (problems.length > 0)
    throw new Error(`The accounts file ${path} has problems:\n  ${problems.join("\n  ")}`);
  return file;
}

async function tick(cloud: Cloud): Promise<void> {
  try {
    await cloud.tick();
  } catch (error) {
    process.stderr.write(`${(error as Error).stack}\n`);
  }
}

async function stop(cloud: Cloud): Promise<void> {
  await cloud.stop();
  process.exit(0);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
