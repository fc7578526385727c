import { randomUUID } from "crypto";
import { Environment } from "../rotation-lambdas/secrets-manager";
import { Cloud, createCloud } from "../local/cloud/core/cloud";
import { memoryStore } from "../local/cloud/core/memory-store";
import { memorySealer } from "../local/cloud/core/sealed";
import { RunningServer, startServer } from "../local/cloud/server";
import { jobPlace, jobsOf, RotationJob } from "../local/cloud/secrets-manager/rotation-job";
import { service as kms } from "../local/cloud/kms";
import { service as secretsManager } from "../local/cloud/secrets-manager";
import { service as sts } from "../local/cloud/sts";
import { CaseSecrets } from "./subject";
import { inProcessLambda, RotationFunctionCode } from "./in-process-lambda";

const accountId = "111111111111";
const region = "eu-west-1";
const administrator = { accessKeyId: `AKIA${accountId}`, secretAccessKey: "proof" };

/** ARN under which each case's function is known. */
const functionArn = (secretArn: string) =>
  `arn:aws:lambda:${region}:${accountId}:function:rotate-${secretArn.split(":").pop()!.replace(/\W/g, "-")}`;

/** How an attempt of a rotation ended. */
export type Attempt = "succeeded" | "failed" | "given-up";

/** The local cloud's Secrets Manager, which calls functions of this process and repeats what failed. */
export class ProofCloud implements CaseSecrets {
  private readonly functions = new Map<string, RotationFunctionCode>();

  private constructor(
    readonly cloud: Cloud,
    private readonly server: RunningServer,
    functions: Map<string, RotationFunctionCode>,
  ) {
    this.functions = functions;
  }

  static async start(): Promise<ProofCloud> {
    const functions = new Map<string, RotationFunctionCode>();
    const cloud = createCloud({
      services: [sts, kms, secretsManager, inProcessLambda(functions)],
      store: memoryStore(),
      sealer: memorySealer(),
      accounts: { accounts: [{ id: accountId, name: "secrets", administrator }] },
    });
    const server = await startServer(cloud, { port: 0, control: false });
    await cloud.tick();
    return new ProofCloud(cloud, server, functions);
  }

  async stop(): Promise<void> {
    await this.server.close();
    await this.cloud.stop();
  }

  /** What the Lambda runtime would give a function. */
  get environment(): Environment {
    const { accessKeyId, secretAccessKey } = administrator;
    return {
      AWS_REGION: region,
      AWS_ENDPOINT_URL: this.server.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
  }

  /** One request of the account's administrator to Secrets Manager. @throws ApiError */
  async call(operation: string, input: object, inRegion = region): Promise<any> {
    const caller = { kind: "user", accountId, arn: `arn:aws:iam::${accountId}:user/administrator` } as const;
    return this.cloud.call({ caller, service: "secretsmanager", operation, region: inRegion, input });
  }

  async create(name: string, value?: object | string): Promise<string> {
    const SecretString = typeof value === "object" ? JSON.stringify(value) : value;
    const { ARN } = await this.call("CreateSecret", {
      ...{ Name: name, ClientRequestToken: randomUUID() },
      ...(SecretString === undefined ? {} : { SecretString }),
    });
    return ARN;
  }

  async put(secretId: string, value: object | string): Promise<void> {
    const SecretString = typeof value === "object" ? JSON.stringify(value) : value;
    await this.call("PutSecretValue", {
      ...{ SecretId: secretId, SecretString, ClientRequestToken: randomUUID() },
    });
  }

  /** The value at a stage, or of a version; none when it has none. */
  async value(secretId: string, which: { stage?: string; versionId?: string }): Promise<string | undefined> {
    const { stage, versionId } = which;
    const selector = versionId === undefined ? { VersionStage: stage } : { VersionId: versionId };
    const answer = await this.call("GetSecretValue", { SecretId: secretId, ...selector }).catch(
      (error: Error) => {
        if (/ResourceNotFound/.test(`${(error as { code?: string }).code} ${error.name}`)) return {};
        throw error;
      },
    );
    return answer.SecretString;
  }

  /** Stage -> version id. */
  async stages(secretId: string): Promise<Readonly<Record<string, string>>> {
    const { VersionIdsToStages = {} } = await this.call("DescribeSecret", { SecretId: secretId });
    const pairs = Object.entries(VersionIdsToStages as Record<string, string[]>).flatMap(([id, labels]) =>
      labels.map((label) => [label, id]),
    );
    return Object.fromEntries(pairs);
  }

  /**
   * RotateSecret with this code as the function, up to the end of the first attempt.
   *
   * @param more further members of the request
   * @returns the version it is to make
   */
  async rotate(
    secretArn: string,
    code: RotationFunctionCode,
    more: object = {},
  ): Promise<{ token: string; attempt: Attempt }> {
    this.functions.set(functionArn(secretArn), code);
    const { VersionId } = await this.call("RotateSecret", {
      ...{ SecretId: secretArn, ClientRequestToken: randomUUID() },
      ...{ RotationLambdaARN: functionArn(secretArn), RotationRules: { AutomaticallyAfterDays: 30 } },
      ...more,
    });
    return { token: VersionId, attempt: await this.untilSettled(secretArn, 0) };
  }

  /** Secrets Manager's next attempt at a rotation that failed, without the wait before it. */
  async retry(secretArn: string, code: RotationFunctionCode): Promise<Attempt> {
    this.functions.set(functionArn(secretArn), code);
    const job = this.jobOf(secretArn);
    if (!job) return this.outcomeOf(secretArn);
    jobsOf(this.cloud.store).put(jobPlace(job), { ...job, notBefore: this.cloud.clock.now() });
    await this.cloud.tick();
    return this.untilSettled(secretArn, job.failures);
  }

  /** The end of the attempt that is under way. */
  settled(secretArn: string): Promise<Attempt> {
    return this.untilSettled(secretArn, this.jobOf(secretArn)?.failures ?? 0);
  }

  private async untilSettled(secretArn: string, failures: number): Promise<Attempt> {
    for (;;) {
      const job = this.jobOf(secretArn);
      if (!job) return this.outcomeOf(secretArn);
      if (job.failures > failures) return "failed";
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  private async outcomeOf(secretArn: string): Promise<Attempt> {
    const { AWSPENDING: pending, AWSCURRENT: current } = await this.stages(secretArn);
    return pending === undefined || pending === current ? "succeeded" : "given-up";
  }

  private jobOf(secretArn: string): RotationJob | undefined {
    return [...jobsOf(this.cloud.store).values()].find((job) => job.secretArn === secretArn);
  }
}
