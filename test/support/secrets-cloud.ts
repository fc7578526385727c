import { KMSClient } from "@aws-sdk/client-kms";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { strict as assert } from "assert";
import { principalKey, roles } from "../../local/cloud/iam/records";
import { eventLog } from "../../local/cloud/cloudtrail/event-log";
import { ApiError } from "../../local/cloud/core/api-error";
import { Operation, Service } from "../../local/cloud/core/operation";
import { anything, string, structure, optional } from "../../local/cloud/core/shape";
import { service as kms } from "../../local/cloud/kms";
import { service as secretsManager } from "../../local/cloud/secrets-manager";
import { service as sts } from "../../local/cloud/sts";
import { ClientConfig, Credentials, SECRETS, startCloud, TestCloud } from "./local-cloud";

export const PRIMARY = "eu-west-1";
export const REPLICA = "eu-central-1";

/** What a rotation function of a test gets; it may throw. */
export interface RotationEvent {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
  readonly RotationToken: string;
}

/** A cloud with Secrets Manager, KMS and STS, and with functions that are plain code of the test. */
export class SecretsCloud {
  /** By function ARN; a missing one refuses to be invoked. */
  readonly functions = new Map<string, (event: RotationEvent) => Promise<void>>();
  private cloud!: TestCloud;

  async start(): Promise<void> {
    this.cloud = await startCloud({ services: [sts, kms, secretsManager, this.lambda()] });
    await this.cloud.cloud.tick();
  }

  close(): Promise<void> {
    return this.cloud.close();
  }

  get store() {
    return this.cloud.cloud.store;
  }

  get clock() {
    return this.cloud.cloud.clock;
  }

  config(who: string | Credentials, region = PRIMARY): ClientConfig {
    return this.cloud.clientConfig(who, region);
  }

  secrets(who: string | Credentials, region = PRIMARY): SecretsManagerClient {
    return new SecretsManagerClient(this.config(who, region));
  }

  kms(who: string | Credentials, region = PRIMARY): KMSClient {
    return new KMSClient(this.config(who, region));
  }

  advanceDays(days: number): Promise<void> {
    return this.cloud.advance(days * 86_400);
  }

  advance(seconds: number): Promise<void> {
    return this.cloud.advance(seconds);
  }

  /** Makes a role that its account may assume, and a session of it. */
  async session(accountId: string, name: string, policy: object, sessionName = "test"): Promise<Credentials> {
    const arn = this.makeRole(accountId, name, policy);
    const client = new STSClient(this.config(accountId));
    const command = new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: sessionName });
    const { Credentials: made } = await client.send(command);
    return {
      accessKeyId: made!.AccessKeyId!,
      secretAccessKey: made!.SecretAccessKey!,
      sessionToken: made!.SessionToken!,
    };
  }

  makeRole(accountId: string, name: string, policy: object): string {
    const arn = `arn:aws:iam::${accountId}:role/${name}`;
    const trust = {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: ["sts:AssumeRole", "sts:TagSession"],
    };
    roles(this.store).put(principalKey(accountId, name), {
      accountId,
      name,
      path: "/",
      uniqueId: `AROA${accountId}${name.replace(/\W/g, "").toUpperCase()}`,
      arn,
      createdAt: this.clock.now(),
      tags: {},
      inlinePolicies: { test: JSON.stringify(policy) },
      attachedPolicyArns: [],
      trustPolicy: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
      maxSessionSeconds: 3600,
    });
    return arn;
  }

  /** Events that the services themselves wrote, oldest first. */
  serviceEvents(): { readonly eventName: string; readonly errorMessage?: string }[] {
    return this.events.map(({ eventName, errorMessage }) => ({
      eventName,
      ...(errorMessage === undefined ? {} : { errorMessage }),
    }));
  }

  private get events(): { readonly eventName: string; readonly errorMessage?: string }[] {
    return [...eventLog(this.store, SECRETS, PRIMARY).values()]
      .map(({ text }) => JSON.parse(text))
      .filter(({ eventType }) => eventType === "AwsServiceEvent");
  }

  private lambda(): Service {
    const input = structure({
      FunctionName: string(),
      InvocationType: optional(string()),
      Payload: optional(anything()),
    });
    const invoke: Operation = {
      name: "Invoke",
      input,
      authorize: () => [],
      run: async ({ FunctionName, InvocationType, Payload }) => {
        const code = this.functions.get(FunctionName);
        if (!code) throw new ApiError("ResourceNotFoundException", "no such function", 404);
        if (InvocationType === "DryRun") return { StatusCode: 204 };
        const event = JSON.parse(Buffer.from(Payload as Buffer).toString()) as RotationEvent;
        try {
          await code(event);
          return { StatusCode: 200, Payload: Buffer.from("null") };
        } catch (error) {
          const failure = { errorType: "Error", errorMessage: (error as Error).message };
          return {
            StatusCode: 200,
            FunctionError: "Unhandled",
            Payload: Buffer.from(JSON.stringify(failure)),
          };
        }
      },
    };
    return {
      signingName: "lambda",
      eventSource: "lambda.amazonaws.com",
      protocol: { kind: "rest-json", routes: [] },
      operations: [invoke],
    };
  }
}

/** Asserts that a command fails with this error code, and with this text when it is given. */
export async function assertFails(
  command: Promise<unknown>,
  code: string,
  text?: string | RegExp,
): Promise<void> {
  const error = await command.then(
    () => assert.fail(`expected ${code}, but the request succeeded`),
    (reason: Error & { $metadata?: { httpStatusCode?: number } }) => reason,
  );
  assert.equal(error.name, code, error.message);
  if (typeof text === "string") assert.equal(error.message, text);
  if (text instanceof RegExp) assert.match(error.message, text);
}

/** Waits until a condition holds, for at most two seconds. */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail("the condition did not come to hold");
}
