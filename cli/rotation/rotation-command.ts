import { CommandFailure, CommandIo } from "../command-io";
import { AwsClients, awsClients } from "./aws-clients";
import { checkSecret } from "./check-secret";
import { explainFailure } from "./explain-failure";
import { parseRotationOptions, RotationOptions } from "./rotation-options";
import { rotationStatus } from "./rotation-status";
import { checkTable, statusTable } from "./rotation-tables";

/**
 * `strongroom rotation check <secret>` and `strongroom rotation status`, on AWS or, with AWS_ENDPOINT_URL, on the local
 * cloud. Neither changes anything.
 *
 * @returns 0 when all is well, 1 when a check failed or a secret is stuck or overdue, 2 when nothing could be found out
 */
export async function rotationCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const options = parseRotationOptions(args, io);
    if (options === undefined) return 0;
    const clients = awsClients(io, regionOf(options));
    try {
      return options.action === "check"
        ? await check(options, clients, io)
        : await status(options, clients, io);
    } finally {
      clients.close();
    }
  } catch (error) {
    io.err(prefixed(explainFailure(error)));
    return 2;
  }
}

async function check(
  { secret, json }: RotationOptions & { action: "check" },
  clients: AwsClients,
  io: CommandIo,
): Promise<number> {
  const found = await checkSecret(clients, secret);
  io.out(json ? `${JSON.stringify(found, null, 2)}\n` : checkTable(found));
  return found.checks.some(({ result }) => result === "failed") ? 1 : 0;
}

async function status({ json }: RotationOptions, clients: AwsClients, io: CommandIo): Promise<number> {
  const statuses = await rotationStatus(clients, new Date());
  io.out(json ? `${JSON.stringify(statuses, null, 2)}\n` : statusTable(statuses));
  return statuses.some(({ state }) => state === "stuck" || state === "overdue") ? 1 : 0;
}

/** What was asked for; else the Region in the secret's ARN, whatever AWS_REGION says. */
function regionOf(options: RotationOptions): string | undefined {
  if (options.action === "status") return options.region;
  const [arn, , service, own] = options.secret.split(":");
  const isArn = arn === "arn" && service === "secretsmanager";
  if (isArn && own && options.region !== undefined && options.region !== own)
    throw new CommandFailure(`rotation: the secret is in ${own}, and --region is ${options.region}`);
  return options.region ?? (isArn && own ? own : undefined);
}

function prefixed(text: string): string {
  return text.startsWith("rotation: ") ? text : `rotation: ${text}`;
}
