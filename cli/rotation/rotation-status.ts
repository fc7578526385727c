import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { ListSecretsCommand, SecretListEntry } from "@aws-sdk/client-secrets-manager";
import { AwsClients } from "./aws-clients";

/**
 * - `ok`, `never`: nothing is wrong; `never` has not rotated yet
 * - `running`: a version is pending and nothing has failed since it was made
 * - `stuck`: a version is pending, and its rotation failed last
 * - `overdue`: the next rotation should have been by now
 * - `off`: it has a rotation function that is turned off
 */
export type RotationState = "ok" | "never" | "running" | "stuck" | "overdue" | "off";

export interface RotationStatus {
  readonly secret: string;
  readonly secretArn: string;
  readonly state: RotationState;
  /** ISO 8601. */
  readonly last?: string;
  /** ISO 8601: the end of the next window. */
  readonly next?: string;
  /** Present for a stuck one: what its last failure says, or that CloudTrail holds none. */
  readonly why?: string;
}

/** Pages of CloudTrail's events that are read at most, of 50 events each. */
const mostPages = 10;

interface Failure {
  readonly at: number;
  readonly message: string;
}

/** Every secret of the Region with a rotation, by name. */
export async function rotationStatus(clients: AwsClients, now: Date): Promise<readonly RotationStatus[]> {
  const rotated = (await listSecrets(clients)).filter(
    ({ RotationEnabled, RotationLambdaARN }) => RotationEnabled === true || RotationLambdaARN !== undefined,
  );
  const hasPending = rotated.some((entry) => pendingOf(entry) !== undefined);
  const failures = hasPending ? await lastFailures(clients) : new Map<string, Failure>();
  return rotated
    .map((entry) => statusOf(entry, failures.get(entry.ARN!), now))
    .sort((a, b) => (a.secret < b.secret ? -1 : 1));
}

function statusOf(entry: SecretListEntry, failure: Failure | undefined, now: Date): RotationStatus {
  const { Name, ARN, LastRotatedDate: last, NextRotationDate: next } = entry;
  const since = failure && failure.at >= (last?.getTime() ?? 0) ? failure : undefined;
  const state = stateOf(entry, since, now);
  return {
    ...{ secret: Name!, secretArn: ARN!, state },
    ...(last ? { last: last.toISOString() } : {}),
    ...(next ? { next: next.toISOString() } : {}),
    ...(state === "stuck" ? { why: since?.message ?? "CloudTrail holds no RotationFailed of it" } : {}),
  };
}

function stateOf(entry: SecretListEntry, failure: Failure | undefined, now: Date): RotationState {
  if (entry.RotationEnabled !== true) return pendingOf(entry) === undefined ? "off" : "stuck";
  if (pendingOf(entry) !== undefined) return failure ? "stuck" : "running";
  if (entry.NextRotationDate && entry.NextRotationDate < now) return "overdue";
  return entry.LastRotatedDate ? "ok" : "never";
}

/** The version that is pending and not current. */
function pendingOf({ SecretVersionsToStages: versions = {} }: SecretListEntry): string | undefined {
  const found = Object.entries(versions).find(
    ([, stages]) => stages.includes("AWSPENDING") && !stages.includes("AWSCURRENT"),
  );
  return found?.[0];
}

async function listSecrets({ secrets }: AwsClients): Promise<SecretListEntry[]> {
  const found: SecretListEntry[] = [];
  let NextToken: string | undefined;
  do {
    const page = await secrets.send(new ListSecretsCommand({ MaxResults: 100, NextToken }));
    found.push(...(page.SecretList ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** ARN -> its latest RotationFailed. CloudTrail answers the newest first. */
async function lastFailures({ trail }: AwsClients): Promise<Map<string, Failure>> {
  const found = new Map<string, Failure>();
  const LookupAttributes = [{ AttributeKey: "EventName" as const, AttributeValue: "RotationFailed" }];
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await trail.send(new LookupEventsCommand({ LookupAttributes, NextToken }));
    for (const { EventTime, CloudTrailEvent } of answer.Events ?? []) {
      const event = JSON.parse(CloudTrailEvent ?? "{}");
      const arn = event.additionalEventData?.SecretId;
      if (arn === undefined || found.has(arn)) continue;
      found.set(arn, { at: EventTime?.getTime() ?? 0, message: event.errorMessage ?? "no message" });
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return found;
}
