import { randomUUID } from "crypto";
import { RotationError } from "../../rotation-lambdas/rotation-error";
import { PendingValue, SecretVersions, VersionSelector } from "../../rotation-lambdas/versions";

interface Version {
  text?: string;
  stages: string[];
}

/** Secrets and their versions as Secrets Manager keeps them, in memory and at once consistent. */
export class FakeSecrets {
  private readonly secrets = new Map<string, Map<string, Version>>();
  readonly puts: PendingValue[] = [];
  rotationEnabled = true;

  /** @returns the ARN */
  add(name: string, value?: object | string): string {
    const arn = arnOf(name);
    const text = typeof value === "object" ? JSON.stringify(value) : value;
    this.secrets.set(
      arn,
      new Map(text === undefined ? [] : [[randomUUID(), { text, stages: ["AWSCURRENT"] }]]),
    );
    return arn;
  }

  /** RotateSecret: the version that is pending already, or a new one without a value. @returns its token */
  startRotation(arn: string): string {
    for (const [id, { stages }] of this.versionsOf(arn)) {
      if (stages.includes("AWSPENDING") && !stages.includes("AWSCURRENT")) return id;
    }
    const token = randomUUID();
    this.versionsOf(arn).set(token, { stages: ["AWSPENDING"] });
    return token;
  }

  /** The service takes AWSPENDING away when the last step has succeeded. */
  endRotation(arn: string, token: string): void {
    const version = this.versionsOf(arn).get(token)!;
    version.stages = version.stages.filter((stage) => stage !== "AWSPENDING");
  }

  /** The parsed value at a stage; `undefined` when there is none. */
  value(arn: string, stage: string): any {
    const text = this.find(arn, { stage })?.[1].text;
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** Stage -> version id. */
  stages(arn: string): Record<string, string> {
    const labels = [...this.versionsOf(arn)].flatMap(([id, { stages }]) =>
      stages.map((stage) => [stage, id]),
    );
    return Object.fromEntries(labels);
  }

  /** Changes a stored value, as somebody with write access could. */
  edit(arn: string, stage: string, change: object): void {
    const version = this.find(arn, { stage })![1];
    version.text = JSON.stringify({ ...JSON.parse(version.text!), ...change });
  }

  client(): SecretVersions {
    return {
      describe: async (secretId) => ({
        arn: secretId,
        rotationEnabled: this.rotationEnabled,
        stages: new Map([...this.versionsOf(secretId)].map(([id, { stages }]) => [id, [...stages]])),
      }),
      read: async (secretId, which) => {
        const found = this.find(secretId, which);
        return found?.[1].text === undefined ? "absent" : { versionId: found[0], text: found[1].text };
      },
      putPending: async (put) => this.put(put),
      checkMayMove: async () => undefined,
      moveCurrent: async (secretId, to, from) => this.move(secretId, to, from),
    };
  }

  private put(put: PendingValue): "stored" | "exists" {
    const version = this.versionsOf(put.secretId).get(put.token) ?? { stages: ["AWSPENDING"] };
    if (version.text !== undefined && version.text !== put.text) return "exists";
    this.puts.push(put);
    version.text = put.text;
    this.versionsOf(put.secretId).set(put.token, version);
    return "stored";
  }

  private move(secretId: string, to: string, from: string | undefined): "moved" | "stale" {
    const current = this.find(secretId, { stage: "AWSCURRENT" })?.[0];
    if (current === to) return "moved";
    if (current !== from) return "stale";
    for (const version of this.versionsOf(secretId).values()) {
      const wasCurrent = version.stages.includes("AWSCURRENT");
      const kept = version.stages.filter((stage) => stage !== "AWSPREVIOUS" && stage !== "AWSCURRENT");
      version.stages = wasCurrent ? [...kept, "AWSPREVIOUS"] : kept;
    }
    this.versionsOf(secretId).get(to)!.stages.push("AWSCURRENT");
    return "moved";
  }

  private find(secretId: string, which: VersionSelector): [string, Version] | undefined {
    const matches = ([id, { stages }]: [string, Version]) =>
      "versionId" in which ? id === which.versionId : stages.includes(which.stage);
    return [...this.versionsOf(secretId)].find(matches);
  }

  private versionsOf(secretId: string): Map<string, Version> {
    const versions = this.secrets.get(secretId);
    if (!versions) throw new RotationError("conflict", "Secrets Manager: ResourceNotFoundException");
    return versions;
  }
}

export function arnOf(name: string): string {
  return `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}-AbCdEf`;
}
