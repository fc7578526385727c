import * as path from "node:path";
import * as lambda from "@pulumi/aws/lambda";
import { Provider } from "@pulumi/aws/provider";
import type { Region } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SecretReader } from "../../components";
import { allRegions, refuse, roleArn } from "../../components/model";
import { EnvironmentContract } from "../../stacks/contract";

const WORKLOAD = "orders";
const SECRET = "orders/database";

/**
 * The application's own resources: the role that the environment grants its secret to, and a function under that
 * role. ARNs of the secret and of its key come from the contract, so the role may read exactly these.
 */
export function deployOrders(contract: EnvironmentContract, deployRole: string) {
  refuse("application orders", missingIn(contract));
  const { accountId, endpointIds } = contract.workloads[WORKLOAD]!;
  const secret = contract.secrets[SECRET]!;
  const region = contract.regions.primary;
  const provider = new Provider(WORKLOAD, {
    region: region as Region,
    allowedAccountIds: [accountId],
    assumeRoles: [{ roleArn: roleArn(accountId, deployRole) }],
  });

  const reader = new SecretReader("orders-service", readerArgs(contract, accountId), { provider });
  const service = new lambda.Function("orders-service", functionArgs(reader, secret.arns[region]!), {
    provider,
  });
  return { roleArn: reader.roleArn, functionArn: service.arn, secretArns: secret.arns, endpointIds };
}

function readerArgs(contract: EnvironmentContract, accountId: string) {
  const { arns } = contract.secrets[SECRET]!;
  return {
    roleName: "orders-service",
    description: "Service of the orders application",
    trust: { services: ["lambda.amazonaws.com"], principals: [`arn:aws:iam::${accountId}:root`] },
    access: allRegions(contract.regions).map((region) => ({
      region,
      secretArns: [arns[region]!],
      keyArns: [contract.keyArns[region]!],
    })),
  };
}

function functionArgs(reader: SecretReader, secretArn: pulumi.Input<string>): lambda.FunctionArgs {
  return {
    name: "orders-service",
    description: "Reads the login of the orders database",
    role: reader.roleArn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: new pulumi.asset.FileArchive(path.join(__dirname, "function")),
    environment: { variables: { SECRET_ID: secretArn } },
  };
}

function missingIn({ workloads, secrets }: EnvironmentContract) {
  const missing = [
    ...(Object.hasOwn(workloads, WORKLOAD) ? [] : [`workloads.${WORKLOAD}`]),
    ...(Object.hasOwn(secrets, SECRET) ? [] : [`secrets.${SECRET}`]),
  ];
  return missing.map((place) => ({ path: place, expected: "declared by the environment", got: "nothing" }));
}
