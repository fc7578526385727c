import { GetFunctionConcurrencyCommand, GetPolicyCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { Check, PreflightReport } from "../../rotation-lambdas/check-report";
import { CommandFailure } from "../command-io";
import { AwsClients } from "./aws-clients";

/** A check by the function, or one of its surroundings by this command. */
export type NamedCheck = Omit<Check, "name"> & { readonly name: string };

export interface SecretCheck {
  readonly secretArn: string;
  readonly functionArn: string;
  readonly strategy: string;
  readonly checks: readonly NamedCheck[];
}

/** Fewer concurrent invocations end in rotations that loop between two steps, says AWS. */
const fewestConcurrent = 10;

/**
 * Has the secret's rotation function try everything that it needs, and looks at the function itself. Changes nothing.
 *
 * @throws CommandFailure when there is no such secret or function, or it cannot be asked
 */
export async function checkSecret(clients: AwsClients, secret: string): Promise<SecretCheck> {
  const { ARN, RotationLambdaARN } = await clients.secrets
    .send(new DescribeSecretCommand({ SecretId: secret }))
    .catch((error: Error) => {
      throw new CommandFailure(`rotation: the secret ${secret} cannot be described: ${error.name}`);
    });
  if (RotationLambdaARN === undefined) {
    throw new CommandFailure(`rotation: no function rotates ${secret}: give it one with RotateSecret`);
  }
  const report = await askFunction(clients, RotationLambdaARN, ARN!);
  const around = [await invokable(clients, RotationLambdaARN), await concurrency(clients, RotationLambdaARN)];
  const { strategy, checks } = report;
  return { secretArn: ARN!, functionArn: RotationLambdaARN, strategy, checks: [...around, ...checks] };
}

async function askFunction(
  { lambda }: AwsClients,
  functionArn: string,
  SecretId: string,
): Promise<PreflightReport> {
  const Payload = Buffer.from(JSON.stringify({ Step: "check", SecretId }));
  const answer = await lambda
    .send(new InvokeCommand({ FunctionName: functionArn, Payload }))
    .catch((error: Error) => {
      const advice = "you need lambda:InvokeFunction on it";
      throw new CommandFailure(`rotation: ${functionArn} cannot be invoked: ${error.name}: ${advice}`);
    });
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError !== undefined) {
    throw new CommandFailure(`rotation: the function failed: ${errorMessage(text)}`);
  }
  const report = JSON.parse(text) as PreflightReport | null;
  if (!Array.isArray(report?.checks)) {
    throw new CommandFailure(
      `rotation: ${functionArn} does not answer checks: it is no function of Strongroom's`,
    );
  }
  return report;
}

function errorMessage(text: string): string {
  const { errorMessage: message = text } = JSON.parse(text) as { errorMessage?: string };
  // What a function that is not ours says to an event it does not know.
  return message.includes("not an event of Secrets Manager") ? `${message}: deploy it again` : message;
}

function invokable({ lambda }: AwsClients, FunctionName: string): Promise<NamedCheck> {
  return around("function's policy", async () => {
    const { Policy = "" } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    const admits = Policy.includes("secretsmanager.amazonaws.com");
    return admits
      ? passed("Secrets Manager may invoke the function")
      : failed("Secrets Manager may not invoke the function: AddPermission for secretsmanager.amazonaws.com");
  });
}

function concurrency({ lambda }: AwsClients, FunctionName: string): Promise<NamedCheck> {
  return around("reserved concurrency", async () => {
    const answer = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
    const reserved = answer.ReservedConcurrentExecutions;
    if (reserved === undefined) return passed("none is reserved");
    const detail = `${reserved} reserved; rotations need ${fewestConcurrent}`;
    return reserved >= fewestConcurrent ? passed(detail) : failed(detail);
  });
}

type Found = Omit<NamedCheck, "name">;

const passed = (detail: string): Found => ({ result: "passed", detail });
const failed = (detail: string): Found => ({ result: "failed", code: "permission", detail });

/** What the asker may not look at is unknown, and fails nothing. */
async function around(name: string, look: () => Promise<Found>): Promise<NamedCheck> {
  try {
    return { name, ...(await look()) };
  } catch (error) {
    const kind = (error as Error).name;
    if (kind === "ResourceNotFoundException")
      return { name, ...failed("the function has no resource-based policy") };
    return { name, result: "unknown", detail: `cannot be read: ${kind}` };
  }
}
