import { GetFunctionConcurrencyCommand, GetPolicyCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { DescribeSecretCommand } from "@aws-sdk/client-secrets-manager";
import { Check, PreflightReport } from "../../rotation-lambdas/check-report";
import { CommandFailure } from "../command-io";
import { AwsClients } from "./aws-clients";
import { explainFailure } from "./explain-failure";

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
  const { ARN, RotationLambdaARN, OwningService } = await clients.secrets
    .send(new DescribeSecretCommand({ SecretId: secret }))
    .catch((error: Error) => {
      if (error.name === "ResourceNotFoundException")
        throw new CommandFailure(`rotation: there is no secret ${secret} in ${clients.region}`);
      throw new CommandFailure(
        `rotation: the secret ${secret} cannot be described: ${explainFailure(error)}`,
      );
    });
  if (RotationLambdaARN === undefined) {
    const what = OwningService
      ? `${OwningService} rotates ${secret} itself: there is nothing to check`
      : `no function rotates ${secret}: give it one with RotateSecret`;
    throw new CommandFailure(`rotation: ${what}`);
  }
  const report = await askFunction(clients, RotationLambdaARN, ARN!);
  const around = [await invokable(clients, RotationLambdaARN), await concurrency(clients, RotationLambdaARN)];
  const { strategy, checks } = report;
  return { secretArn: ARN!, functionArn: RotationLambdaARN, strategy, checks: [...around, ...checks] };
}

const adviceOf: Readonly<Record<string, string>> = {
  ResourceNotFoundException: "it does not exist: deploy it again",
  AccessDeniedException: "you need lambda:InvokeFunction on it",
};

async function askFunction(
  { lambda }: AwsClients,
  functionArn: string,
  SecretId: string,
): Promise<PreflightReport> {
  const Payload = Buffer.from(JSON.stringify({ Step: "check", SecretId }));
  const answer = await lambda
    .send(new InvokeCommand({ FunctionName: functionArn, Payload }))
    .catch((error: Error) => {
      const advice = adviceOf[error.name] ?? explainFailure(error);
      throw new CommandFailure(`rotation: ${functionArn} cannot be invoked: ${advice}`);
    });
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError !== undefined) {
    throw new CommandFailure(`rotation: the function failed: ${errorMessage(text)}`);
  }
  const report = parsed(text) as PreflightReport | null | undefined;
  if (!Array.isArray(report?.checks)) {
    throw new CommandFailure(
      `rotation: ${functionArn} does not answer checks: it is no function of Strongroom's`,
    );
  }
  return report;
}

/** Functions of other people's may answer anything. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorMessage(text: string): string {
  const { errorMessage: message = text } = (parsed(text) ?? {}) as { errorMessage?: string };
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
