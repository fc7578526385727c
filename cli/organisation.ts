import { randomBytes } from "node:crypto";

/** An access key of an administrator of one account of the local organisation. */
export interface Administrator {
  readonly accountId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Accounts of the environment `local`; the deployer lives in the management account. */
export const ACCOUNTS = {
  management: "999999999999",
  secrets: "111111111111",
  orders: "222222222222",
  billing: "333333333333",
} as const;

export type AccountName = keyof typeof ACCOUNTS;

const ORGANIZATION_ID = "o-strongroom";

/** The networks that the workload accounts would have already: one VPC a Region, two subnets each. */
const VPCS = [
  vpc(ACCOUNTS.orders, "eu-west-1", "a1"),
  vpc(ACCOUNTS.orders, "eu-central-1", "a2"),
  vpc(ACCOUNTS.billing, "eu-west-1", "b1"),
  vpc(ACCOUNTS.billing, "eu-central-1", "b2"),
];

function vpc(accountId: string, region: string, suffix: string) {
  const id = `0${suffix[0]}${"0".repeat(13)}${suffix}`;
  return {
    accountId,
    region,
    vpcId: `vpc-${id}`,
    subnetIds: [`subnet-${id.slice(0, -1)}1`, `subnet-${id.slice(0, -1)}2`],
  };
}

/** A new administrator's key for each account; keys are random, so nothing outside this machine can use them. */
export function administrators(): Readonly<Record<AccountName, Administrator>> {
  const entries = Object.entries(ACCOUNTS).map(([name, accountId]) => [
    name,
    {
      accountId,
      accessKeyId: `AKIA${randomBytes(10).toString("hex").toUpperCase().slice(0, 16)}`,
      secretAccessKey: randomBytes(30).toString("base64"),
    },
  ]);
  return Object.fromEntries(entries) as Record<AccountName, Administrator>;
}

/** The accounts file that `npm run cloud -- --accounts FILE` reads. */
export function accountsFile(keys: Readonly<Record<AccountName, Administrator>>): object {
  return {
    organization: { id: ORGANIZATION_ID, managementAccountId: ACCOUNTS.management },
    accounts: Object.entries(keys).map(([name, { accountId, accessKeyId, secretAccessKey }]) => ({
      id: accountId,
      name,
      administrator: { accessKeyId, secretAccessKey },
    })),
    vpcs: VPCS,
  };
}
