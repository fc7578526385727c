import { appendFileSync, copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ensureEngine, prepareHome } from "../../local/engine";
import { startPostgres } from "../../local/postgres";
import { Children } from "../children";
import { createDeployRoles, DEPLOY_ROLE } from "../deploy-roles";
import { deployerEnv } from "../deployer-env";
import { accountsFile, administrators } from "../organisation";
import { Pulumi } from "../pulumi";
import { startCloud } from "./cloud-process";
import { Database, Platform } from "./platform";
import { Report } from "./report";

interface Given {
  readonly root: string;
  readonly folder: string;
  readonly children: Children;
  readonly report: Report;
  /** Called at the end of the run, whatever happens. */
  atEnd(stop: () => Promise<void>): void;
}

/** Engine, local cloud and database: everything that has to be there before the first `pulumi up`. */
export async function bringUp(given: Given): Promise<Platform> {
  const { root, folder, children, report } = given;
  const engine = await findEngine(report);
  const keys = administrators();
  const cloudUrl = await startAccounts(given, keys);
  const database = await startDatabase(given);
  const { env: homeEnv } = await prepareHome({ home: join(folder, "pulumi"), distDir: join(root, "dist") });
  const pulumiEnv = { ...homeEnv, ...deployerEnv(cloudUrl, keys.management) };
  const pulumi = new Pulumi(engine, { ...process.env, ...pulumiEnv }, children);
  return { root, folder, children, report, pulumi, pulumiEnv, cloudUrl, administrators: keys, database };
}

function startAccounts(
  { root, folder, children, report }: Given,
  keys: Platform["administrators"],
): Promise<string> {
  return report.step({ name: "cloud", remedy: "read the cause; nothing was deployed" }, async () => {
    const url = await startCloud(root, folder, accountsFile(keys), children);
    const accounts = await createDeployRoles(url, keys);
    const evidence = `an organisation of ${Object.keys(keys).length} accounts at ${url}; role ${DEPLOY_ROLE} in ${accounts.join(", ")}`;
    return { value: url, evidence };
  });
}

function findEngine(report: Report): Promise<string> {
  const remedy = "install Pulumi (3.229 or later), or Go (1.25 or later) to build it";
  return report.step({ name: "engine", remedy }, async (say) => {
    const { pulumi, version, source } = await ensureEngine({ log: say });
    const origin = { path: "found on PATH", cache: "built earlier", built: "built from source now" }[source];
    return { value: pulumi, evidence: `Pulumi ${version}, ${origin}` };
  });
}

function startDatabase({ root, folder, report, atEnd }: Given): Promise<Database> {
  const remedy = `free the port, or give the database another one in ${CONFIGURATION}`;
  const log = (line: string) => appendFileSync(join(folder, "database.log"), `${line}\n`);
  return report.step({ name: "database", remedy }, async () => {
    const server = await startPostgres({
      dir: join(folder, "../postgres"),
      port: databasePort(root),
      fresh: true,
      log,
    });
    // The server may have had to go to a folder that its account can read; the environment names this one.
    copyFileSync(server.caFile, join(folder, "database-authority.pem"));
    atEnd(() => server.stop());
    return {
      value: server,
      evidence: `PostgreSQL at ${server.host}:${server.port}, TLS`,
    };
  });
}

const CONFIGURATION = "stacks/config/Pulumi.local.yaml";

/** The port at which the environment expects its database. */
function databasePort(root: string): number {
  const { config } = parse(readFileSync(join(root, CONFIGURATION), "utf8")) as {
    config: { "strongroom:environment": { databases: { orders: { port: number } } } };
  };
  return config["strongroom:environment"].databases.orders.port;
}
