import { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { endpointUrl, secretsManager } from "./aws";
import { Platform, PRIMARY_REGION } from "./platform";

/** Longest wait for the four steps of one rotation; they take about a second. */
const ROTATION_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

const pause = () => new Promise((resolve) => setTimeout(resolve, POLL_MS));

/** Staging label -> version id. */
export type Labels = Readonly<Record<string, string>>;

/** The administrator of the secrets account: puts first values and asks for rotations. */
export class Operator {
  private readonly client: SecretsManagerClient;

  constructor(private readonly platform: Platform) {
    this.client = secretsManager(platform, platform.administrators.secrets, { region: PRIMARY_REGION });
  }

  async put(secretId: string, value: string): Promise<void> {
    await this.client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: value }));
  }

  /** Rotates now and resolves when the new version is AWSCURRENT. @throws Error with the cause that was recorded */
  async rotate(secretId: string): Promise<string> {
    const deadline = Date.now() + ROTATION_TIMEOUT_MS;
    const VersionId = await this.requestRotation(secretId, deadline);
    while (Date.now() < deadline) {
      if ((await this.labels(secretId)).AWSCURRENT === VersionId) return VersionId;
      const failure = await this.rotationFailure(VersionId);
      if (failure !== undefined) throw new Error(`the rotation of ${secretId} failed: ${failure}`);
      await pause();
    }
    throw new Error(`the rotation of ${secretId} did not end in ${ROTATION_TIMEOUT_MS / 1000} s`);
  }

  /** A rotation that is under way, such as the test after the schedule was set, has to end first. */
  private async requestRotation(secretId: string, deadline: number): Promise<string> {
    for (;;) {
      try {
        const { VersionId } = await this.client.send(new RotateSecretCommand({ SecretId: secretId }));
        return VersionId!;
      } catch (error) {
        const { name, message } = error as Error;
        const isBusy = name === "InvalidRequestException" && message.includes("previous rotation");
        if (!isBusy || Date.now() > deadline) throw error;
        await pause();
      }
    }
  }

  async labels(secretId: string): Promise<Labels> {
    const { VersionIdsToStages = {} } = await this.client.send(
      new DescribeSecretCommand({ SecretId: secretId }),
    );
    const pairs = Object.entries(VersionIdsToStages).flatMap(([id, stages]) =>
      stages.map((stage) => [stage, id]),
    );
    return Object.fromEntries(pairs) as Labels;
  }

  /** What CloudTrail says of a failed rotation of that version. */
  private async rotationFailure(versionId: string): Promise<string | undefined> {
    const { accessKeyId, secretAccessKey } = this.platform.administrators.secrets;
    const trail = new CloudTrailClient({
      region: PRIMARY_REGION,
      endpoint: endpointUrl(this.platform, { region: PRIMARY_REGION }),
      credentials: { accessKeyId, secretAccessKey },
    });
    const lookup = [{ AttributeKey: "EventName" as const, AttributeValue: "RotationFailed" }];
    const { Events = [] } = await trail.send(new LookupEventsCommand({ LookupAttributes: lookup }));
    trail.destroy();
    return Events.map((event) => event.CloudTrailEvent ?? "").find((text) => text.includes(versionId));
  }
}
