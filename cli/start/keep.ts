import { assumeRole, endpointUrl } from "./aws";
import { Deployment } from "./deploy";
import { Platform, PRIMARY_REGION } from "./platform";

/** Tells how to use what is left running: endpoint, credentials of each role, and commands to try. */
export async function printKept(platform: Platform, { contract, orders }: Deployment): Promise<void> {
  const billing = contract.workloads["billing"]!;
  const roles = [
    {
      title: "orders-service",
      account: "orders",
      arn: orders.roleArn,
      endpointId: orders.endpointIds[PRIMARY_REGION],
    },
    {
      title: "billing-service",
      account: "billing",
      arn: billing.readerRoleArns["billing-service"]!,
      endpointId: billing.endpointIds[PRIMARY_REGION],
    },
  ] as const;
  const secret = orders.secretArns[PRIMARY_REGION]!;
  console.log(`\nrunning until Ctrl-C at ${platform.cloudUrl}\n`);
  console.log("# the administrator of the secrets account");
  console.log(exports({ ...platform.administrators.secrets, url: platform.cloudUrl }));
  console.log("aws secretsmanager list-secrets\naws cloudtrail lookup-events --max-results 5");
  for (const { title, account, arn, endpointId } of roles) {
    const credentials = await assumeRole(platform, account, arn, PRIMARY_REGION);
    const url = endpointUrl(platform, { region: PRIMARY_REGION, endpointId });
    console.log(`\n# ${title}, through its VPC endpoint (one hour)`);
    console.log(exports({ ...credentials, url }));
    console.log(`aws secretsmanager get-secret-value --secret-id ${secret}`);
  }
  console.log("\n# the deployer, for the Pulumi CLI in this folder");
  console.log(
    Object.entries(platform.pulumiEnv)
      .map(([name, value]) => `export ${name}='${value}'`)
      .join("\n"),
  );
  console.log("pulumi stack ls   # or any other command on stack local");
}

interface Access {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly url: string;
}

function exports({ accessKeyId, secretAccessKey, sessionToken, url }: Access): string {
  return [
    `export AWS_ENDPOINT_URL='${url}' AWS_REGION='${PRIMARY_REGION}' AWS_DEFAULT_REGION='${PRIMARY_REGION}'`,
    `export AWS_ACCESS_KEY_ID='${accessKeyId}' AWS_SECRET_ACCESS_KEY='${secretAccessKey}'`,
    sessionToken === undefined ? "unset AWS_SESSION_TOKEN" : `export AWS_SESSION_TOKEN='${sessionToken}'`,
  ].join("\n");
}
