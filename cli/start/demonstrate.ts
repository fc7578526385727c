import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { nameFor } from "../../components/model";
import { explain } from "../../iam";
import { Application } from "./application";
import { assumeRole, Credentials, Route, secretsManager } from "./aws";
import { Deployment } from "./deploy";
import { Labels, Operator } from "./operator";
import { Platform, PRIMARY_REGION, REPLICA_REGION } from "./platform";
import { RecordedCall, recordedCalls } from "./recorded-calls";

const SECRET = "orders/database";
/** Rotations under the running application: back and forth between the two users. */
const ROTATIONS = 2;

/** Who can read, who cannot and why, the replica, and a rotation under an application that logs in all the time. */
export async function demonstrate(platform: Platform, { contract, orders }: Deployment): Promise<void> {
  const credentials = await assumeRole(platform, "orders", orders.roleArn, PRIMARY_REGION);
  const route = (region: string): Route => ({ region, endpointId: orders.endpointIds[region] });
  const primaryVersion = await showRead(
    platform,
    orders.secretArns[PRIMARY_REGION]!,
    credentials,
    route(PRIMARY_REGION),
  );
  await showRefusal(platform, { contract, orders });
  await showReplica(
    platform,
    orders.secretArns[REPLICA_REGION]!,
    credentials,
    route(REPLICA_REGION),
    primaryVersion,
  );
  await showRotation(platform, orders.secretArns[PRIMARY_REGION]!, credentials, route(PRIMARY_REGION));
}

function showRead(platform: Platform, arn: string, credentials: Credentials, route: Route): Promise<string> {
  const remedy = "see the decision in the cause; compare grants, endpoint and key policy";
  return platform.report.step({ name: "orders reads", remedy }, async () => {
    const version = await read(platform, arn, credentials, route);
    const evidence = `orders-service of 222222222222 read ${SECRET} through ${route.endpointId}: version ${version}`;
    return { value: version, evidence };
  });
}

function showRefusal(platform: Platform, { contract, orders }: Deployment): Promise<void> {
  const remedy = "a role without a grant could read: look at the policies of the secret and of its key";
  return platform.report.step({ name: "billing is refused", remedy }, async () => {
    const { readerRoleArns, endpointIds } = contract.workloads["billing"]!;
    const credentials = await assumeRole(
      platform,
      "billing",
      readerRoleArns["billing-service"]!,
      PRIMARY_REGION,
    );
    const arn = orders.secretArns[PRIMARY_REGION]!;
    const throughEndpoint = { region: PRIMARY_REGION, endpointId: endpointIds[PRIMARY_REGION] };
    const reasons = [
      `through its endpoint: ${await refusal(platform, arn, credentials, throughEndpoint)}`,
      `without the endpoint: ${await refusal(platform, arn, credentials, { region: PRIMARY_REGION })}`,
    ];
    return {
      value: undefined,
      evidence: `billing-service of 333333333333 gets AccessDeniedException; ${reasons.join("; ")}`,
    };
  });
}

function showReplica(
  platform: Platform,
  arn: string,
  credentials: Credentials,
  route: Route,
  expected: string,
) {
  const remedy = "look at the replica's ReplicationStatus with describe-secret";
  return platform.report.step({ name: "replica", remedy }, async () => {
    const version = await read(platform, arn, credentials, route);
    if (version !== expected)
      throw new Error(`${route.region} serves version ${version}, ${PRIMARY_REGION} ${expected}`);
    return {
      value: undefined,
      evidence: `${route.region} serves the same version ${version} through ${route.endpointId}`,
    };
  });
}

function showRotation(
  platform: Platform,
  arn: string,
  credentials: Credentials,
  route: Route,
): Promise<void> {
  const remedy = "read the rotation function's log in the cause";
  return platform.report.step({ name: "rotation", remedy }, async (say) => {
    const operator = new Operator(platform);
    const application = Application.start(platform, arn, credentials, route);
    const stepsBefore = await countSteps(platform);
    const before = await operator.labels(SECRET);
    say(`before: ${shown(before)}`);
    for (let i = 0; i < ROTATIONS; i++) {
      const { user, queries } = await application.until(
        "a login",
        (seen) => seen.queries >= 10 && seen.user !== "",
      );
      await operator.rotate(SECRET);
      const next = await application.until(
        "the other user",
        (seen) => seen.user !== user && seen.queries >= queries + 10,
      );
      say(`rotated: ${user} -> ${next.user}`);
    }
    const { queries, failures, retries } = await application.stop();
    const after = await operator.labels(SECRET);
    if (failures > 0) throw new Error(`the application saw ${failures} failures in ${queries} logins`);
    const steps = (await countSteps(platform)) - stepsBefore;
    const evidence = [
      `${ROTATIONS} rotations in ${steps} Lambda steps under ${queries} new logins: ${failures} failures, ${retries} retries`,
      `before ${shown(before)}`,
      `after  ${shown(after)}`,
    ];
    return { value: undefined, evidence: evidence.join("\n") };
  });
}

async function read(
  platform: Platform,
  arn: string,
  credentials: Credentials,
  route: Route,
): Promise<string> {
  const client = secretsManager(platform, credentials, route);
  try {
    const { VersionId } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    return VersionId!;
  } finally {
    client.destroy();
  }
}

/** The refused call's decision, in words. @throws Error when the call was allowed */
async function refusal(
  platform: Platform,
  arn: string,
  credentials: Credentials,
  route: Route,
): Promise<string> {
  const outcome = await read(platform, arn, credentials, route).catch((error: Error) => error);
  if (!(outcome instanceof Error)) throw new Error(`the read of ${arn} was allowed`);
  if (outcome.name !== "AccessDeniedException") throw outcome;
  const refused = (await recordedCalls(platform))
    .filter((call) => call.error?.code === "AccessDeniedException")
    .at(-1);
  const decision = refused?.decisions.map((entry) => entry.decision).find((candidate) => !candidate.allowed);
  return decision === undefined ? outcome.message : explain(decision);
}

/** Invocations of the secret's rotation function by Secrets Manager so far. */
async function countSteps(platform: Platform): Promise<number> {
  const suffix = `:function:${nameFor("strongroom-rotate", SECRET)}`;
  const calls = await recordedCalls(platform);
  return calls.filter((call) => isRotationStep(call, suffix)).length;
}

/** Before it accepts a rotation, Secrets Manager makes a dry run, which is no step. */
function isRotationStep(
  { service, operation, caller, request, decisions }: RecordedCall,
  suffix: string,
): boolean {
  const isInvocation =
    service === "lambda" && operation === "Invoke" && request?.["invocationType"] !== "DryRun";
  const isByService = caller.includes("secretsmanager");
  return isInvocation && isByService && decisions.some(({ resource }) => resource.endsWith(suffix));
}

function shown({ AWSCURRENT, AWSPREVIOUS }: Labels): string {
  return `AWSCURRENT ${AWSCURRENT ?? "none"}, AWSPREVIOUS ${AWSPREVIOUS ?? "none"}`;
}
