import { join } from "node:path";
import { EnvironmentContract, readContract } from "../../stacks/contract";
import { resourceCounts } from "../pulumi";
import { createAdministrator, createTable } from "./database-users";
import { Operator } from "./operator";
import { Platform } from "./platform";

/** Stack of the environment; the example names it in its own configuration. */
export const STACK = "organization/strongroom/local";
const ORDERS_STACK = "organization/orders/local";

export interface Deployment {
  readonly contract: EnvironmentContract;
  /** Outputs of the example application's stack. */
  readonly orders: OrdersOutputs;
}

export interface OrdersOutputs {
  readonly roleArn: string;
  readonly functionArn: string;
  /** By Region. */
  readonly secretArns: Readonly<Record<string, string>>;
  /** Endpoints of Secrets Manager in the application's VPCs, by Region. */
  readonly endpointIds: Readonly<Record<string, string>>;
}

/** `pulumi up` of the environment, the first values, `pulumi up` of the application in another account. */
export async function deploy(platform: Platform): Promise<Deployment> {
  const contract = await deployEnvironment(platform);
  await putFirstValues(platform);
  const orders = await deployOrders(platform);
  return { contract, orders };
}

function deployEnvironment({ report, pulumi, root }: Platform): Promise<EnvironmentContract> {
  return report.step({ name: "deploy", remedy: "read the engine's lines above" }, async () => {
    await pulumi.must(root, ["stack", "init", STACK]);
    const output = await pulumi.must(root, ["up", "--yes", "--skip-preview", "--stack", STACK]);
    const contract = readContract(STACK, await outputs(pulumi, root, STACK));
    const evidence = `pulumi up of environment local: ${resourceCounts(output)}; ${Object.keys(contract.secrets).length} secrets in ${[contract.regions.primary, ...contract.regions.replicas].join(" and ")}`;
    return { value: contract, evidence };
  });
}

function putFirstValues(platform: Platform): Promise<void> {
  const remedy = "read the log of the rotation function in the cause";
  return platform.report.step({ name: "first values", remedy }, async () => {
    const operator = new Operator(platform);
    await operator.put("orders/database-admin", await createAdministrator(platform.database));
    await operator.put("payments/api-key", JSON.stringify({ apiKey: "local-demonstration-only" }));
    await operator.rotate("orders/database");
    await operator.rotate("orders/reporting");
    await createTable(platform.database, "orders_app");
    const evidence =
      "orders/database and orders/reporting by their rotation functions, two out of band; none in program or state";
    return { value: undefined, evidence };
  });
}

function deployOrders({ report, pulumi, root }: Platform): Promise<OrdersOutputs> {
  return report.step({ name: "deploy orders", remedy: "read the engine's lines above" }, async () => {
    const folder = join(root, "examples/orders");
    await pulumi.must(folder, ["stack", "init", ORDERS_STACK]);
    const output = await pulumi.must(folder, ["up", "--yes", "--skip-preview", "--stack", ORDERS_STACK]);
    const orders = (await outputs(pulumi, folder, ORDERS_STACK)) as unknown as OrdersOutputs;
    return {
      value: orders,
      evidence: `pulumi up of examples/orders in 222222222222: ${resourceCounts(output)}; role ${orders.roleArn}`,
    };
  });
}

async function outputs(
  pulumi: Platform["pulumi"],
  folder: string,
  stack: string,
): Promise<Record<string, unknown>> {
  return JSON.parse(await pulumi.must(folder, ["stack", "output", "--json", "--stack", stack])) as Record<
    string,
    unknown
  >;
}
