import { AccountsFile } from "../../local/cloud/core/accounts-file";
import { Cloud, createCloud } from "../../local/cloud/core/cloud";
import { MemoryStore, memoryStore } from "../../local/cloud/core/memory-store";
import { Service } from "../../local/cloud/core/operation";
import { memorySealer } from "../../local/cloud/core/sealed";
import { startServer } from "../../local/cloud/server";
import { services } from "../../local/cloud/services";

/** Account ids of the organisation that tests use. */
export const MANAGEMENT = "999999999999";
export const SECRETS = "111111111111";
export const ORDERS = "222222222222";
export const BILLING = "333333333333";

/** The organisation, its administrators (access key id `AKIA<account id>`) and the workloads' VPCs. */
export const ORGANISATION: AccountsFile = {
  organization: { id: "o-strongroom", managementAccountId: MANAGEMENT },
  accounts: [
    { id: MANAGEMENT, name: "management" },
    { id: SECRETS, name: "secrets" },
    { id: ORDERS, name: "orders" },
    { id: BILLING, name: "billing" },
  ].map((account) => ({ ...account, administrator: administratorKey(account.id) })),
  vpcs: [
    vpc(ORDERS, "eu-west-1", "a1"),
    vpc(ORDERS, "eu-central-1", "a2"),
    vpc(BILLING, "eu-west-1", "b1"),
    vpc(BILLING, "eu-central-1", "b2"),
  ],
};

export interface TestCloudOptions {
  /** @default every service of the local cloud */
  readonly services?: readonly Service[];
  /** @default ORGANISATION */
  readonly accounts?: AccountsFile;
  readonly store?: MemoryStore;
  /** @default false */
  readonly throttles?: boolean;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Arguments for the constructor of any AWS SDK v3 client. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
}

export interface TestCloud {
  /** For calls in the process and for the store. */
  readonly cloud: Cloud;
  readonly url: string;
  /** @param who an account id, for its administrator, or credentials such as AssumeRole answers */
  clientConfig(who: string | Credentials, region?: string, endpointId?: string): ClientConfig;
  /** Moves the cloud's clock and does the work that time brings. */
  advance(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** A local cloud in this process on a free port, with the control endpoint open. */
export async function startCloud(options: TestCloudOptions = {}): Promise<TestCloud> {
  const cloud = createCloud({
    services: options.services ?? services,
    store: options.store ?? memoryStore(),
    sealer: memorySealer(),
    accounts: options.accounts ?? ORGANISATION,
    throttles: options.throttles ?? false,
  });
  const server = await startServer(cloud, { port: 0, control: true });
  return {
    cloud,
    url: server.url,
    clientConfig: (who, region = "eu-west-1", endpointId) => ({
      region,
      endpoint: endpointId === undefined ? server.url : `${server.url}/vpce/${endpointId}`,
      credentials: typeof who === "string" ? administratorKey(who) : who,
      maxAttempts: 1,
    }),
    async advance(seconds) {
      cloud.clock.advance(seconds);
      await cloud.tick();
    },
    async close() {
      await server.close();
      await cloud.stop();
    },
  };
}

function administratorKey(accountId: string): Credentials {
  return { accessKeyId: `AKIA${accountId}`, secretAccessKey: `secret-of-${accountId}` };
}

function vpc(accountId: string, region: string, end: string) {
  const id = `0${end[0]}0000000000000${end}`;
  return {
    accountId,
    region,
    vpcId: `vpc-${id}`,
    subnetIds: [`subnet-${id.slice(0, -3)}1${end}`, `subnet-${id.slice(0, -3)}2${end}`],
  };
}
