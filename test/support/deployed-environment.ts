import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { createDeployRoles } from "../../cli/deploy-roles";
import { Children } from "../../cli/children";
import { accountsFile, Administrator } from "../../cli/organisation";
import { Pulumi } from "../../cli/pulumi";
import { AccountsFile } from "../../local/cloud/core/accounts-file";
import { ensureEngine, EngineError, prepareHome } from "../../local/engine";
import { BILLING, MANAGEMENT, ORDERS, SECRETS, startCloud, TestCloud } from "./local-cloud";

const root = join(__dirname, "../..");

/** Stacks of the example: the environment, and the application in another account. */
export const CENTRAL = "organization/strongroom/local";
export const APPLICATION = "organization/orders/local";

/** The environment `local` and the example application, deployed into a local cloud of this process. No database runs. */
export interface DeployedEnvironment {
  readonly cloud: TestCloud;
  readonly pulumi: Pulumi;
  readonly pulumiEnv: Readonly<Record<string, string>>;
  /** Empty folder, removed at the end. */
  readonly folder: string;
  /** Configuration for the environment's stack: the committed one with a certificate that exists. */
  readonly configFile: string;
  /** Exported state of a stack, as text. */
  export(stack: typeof CENTRAL | typeof APPLICATION): Promise<string>;
  close(): Promise<void>;
}

/** @returns undefined where there is no engine and none is built */
export async function deployEnvironment(): Promise<DeployedEnvironment | undefined> {
  const engine = await ensureEngine({
    log: () => undefined,
    env: { ...process.env, PATH: "/nowhere" },
  }).catch((error: EngineError) => error);
  if (engine instanceof EngineError) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "strongroom-environment-"));
  const configFile = writeConfiguration(folder);
  const accounts = accountsFile(administrators) as AccountsFile;
  const cloud = await startCloud({ accounts });
  await createDeployRoles(cloud.url, administrators);
  const home = await prepareHome({ home: join(folder, "pulumi"), distDir: join(root, "dist") });
  const { endpoint, credentials, region } = cloud.clientConfig(MANAGEMENT);
  const pulumiEnv = {
    ...home.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
  };
  const children = new Children();
  const pulumi = new Pulumi(engine.pulumi, { ...process.env, ...pulumiEnv }, children);
  const folders = { [CENTRAL]: root, [APPLICATION]: join(root, "examples/orders") };
  const up = async (stack: keyof typeof folders, ...more: readonly string[]) => {
    await pulumi.must(folders[stack], ["stack", "init", stack]);
    await pulumi.must(folders[stack], ["up", "--yes", "--skip-preview", "--stack", stack, ...more]);
  };
  const deployed: DeployedEnvironment = {
    cloud,
    pulumi,
    pulumiEnv,
    folder,
    configFile,
    export: (stack) => pulumi.must(folders[stack], ["stack", "export", "--stack", stack]),
    async close() {
      await children.stopAll();
      await cloud.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await up(CENTRAL, "--config-file", configFile);
    await putValues(cloud);
    await up(APPLICATION);
    return deployed;
  } catch (error) {
    await deployed.close();
    throw error;
  }
}

/** The keys that {@link startCloud} gives its clients. */
const administrators = {
  management: administrator(MANAGEMENT),
  secrets: administrator(SECRETS),
  orders: administrator(ORDERS),
  billing: administrator(BILLING),
};

function administrator(accountId: string): Administrator {
  return { accountId, accessKeyId: `AKIA${accountId}`, secretAccessKey: `secret-of-${accountId}` };
}

function writeConfiguration(folder: string): string {
  const authority = join(folder, "authority.pem");
  writeFileSync(authority, "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n");
  const committed = readFileSync(join(root, "stacks/config/Pulumi.local.yaml"), "utf8");
  const file = join(folder, "Pulumi.local.yaml");
  writeFileSync(file, committed.replace(/authorityFile: \S+/, `authorityFile: ${authority}`));
  return file;
}

/** A value in every secret, so that a read can succeed. */
async function putValues(cloud: TestCloud): Promise<void> {
  const client = new SecretsManagerClient(cloud.clientConfig(SECRETS));
  for (const name of ["orders/database-admin", "orders/database", "orders/reporting", "payments/api-key"]) {
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: `value of ${name}` }));
  }
  client.destroy();
}
