import { RotationSettings } from "../components/model/rotation-settings";
import { Check, CheckName, checkNames, PreflightReport } from "./check-report";
import { loginLayers } from "./login-layers";
import { otherSecrets } from "./other-secrets";
import { judgePolicy } from "./preflight-policy";
import { Redactor } from "./redacting";
import { RotationError } from "./rotation-error";
import { Issue, Strategy } from "./strategy";
import { TimeBudget } from "./time-budget";
import { SecretDescription, SecretVersions, textOf, versionWithStage } from "./versions";

export interface PreflightTools<Payload> {
  readonly versions: SecretVersions;
  readonly strategy: Strategy<Payload>;
  readonly settings: RotationSettings;
  readonly budget: TimeBudget;
  readonly redactor: Redactor;
}

/**
 * Everything that a rotation would need, tried without a change: each permission, the key, the network path, TLS, the
 * server's version, the login and the right to change the credential. Never throws for what it checks.
 */
export async function preflight<Payload>(
  tools: PreflightTools<Payload>,
  secretId: string,
): Promise<PreflightReport> {
  const checks = await new Preflight(tools, secretId).run();
  return { secretArn: secretId, strategy: tools.strategy.name, checks: inOrder(checks) };
}

/** Checks that did not come to pass are listed as unknown. */
function inOrder(found: readonly Check[]): Check[] {
  const missing = (name: CheckName): Check => ({ name, result: "unknown", detail: "not reached" });
  return checkNames.map((name) => found.find((check) => check.name === name) ?? missing(name));
}

class Preflight<Payload> {
  private readonly checks: Check[] = [];
  private description: SecretDescription | undefined;

  constructor(
    private readonly tools: PreflightTools<Payload>,
    private readonly secretId: string,
  ) {}

  async run(): Promise<readonly Check[]> {
    await this.check("describe permission", async () => {
      this.description = await this.tools.versions.describe(this.secretId);
      return "secretsmanager:DescribeSecret is allowed";
    });
    if (!this.description) return this.checks;
    await this.checkStages(this.description);
    const current = await this.readCurrent(this.description);
    await this.checkWrites(versionWithStage(this.description, "AWSCURRENT"));
    await this.checkSettings(current, versionWithStage(this.description, "AWSCURRENT") === undefined);
    if (current !== undefined) await this.checkServer(current);
    return this.checks;
  }

  private async checkStages(description: SecretDescription): Promise<void> {
    await this.check("rotation enabled", async () => {
      if (description.rotationEnabled === false)
        throw new RotationError("conflict", "rotation is not enabled");
      return "rotation is enabled";
    });
    await this.check("leftover version", async () => {
      const pending = versionWithStage(description, "AWSPENDING");
      if (pending === undefined || pending === versionWithStage(description, "AWSCURRENT")) return "none";
      throw new RotationError(
        "conflict",
        `version ${pending} is AWSPENDING: the next rotation finishes it instead of making another`,
      );
    });
  }

  private async readCurrent(description: SecretDescription): Promise<Payload | undefined> {
    const versionId = versionWithStage(description, "AWSCURRENT");
    let text: string | undefined;
    await this.check("read permission and key", async () => {
      const which = versionId === undefined ? { stage: "AWSCURRENT" } : { versionId };
      const value = await this.tools.versions.read(this.secretId, which);
      if (value !== "absent") this.tools.redactor.remember((text = textOf(value, "current")));
      return "secretsmanager:GetSecretValue and kms:Decrypt are allowed";
    });
    if (text === undefined) return undefined;
    let payload: Payload | undefined;
    await this.check("secret value", async () => {
      const parsed = this.tools.strategy.parse(text!);
      if (!parsed.ok) throw new RotationError("invalid-secret", parsed.problems.join("; "));
      for (const secret of this.tools.strategy.secretTexts(parsed.value))
        this.tools.redactor.remember(secret);
      payload = parsed.value;
      return "the current value has every field";
    });
    return payload;
  }

  /** Both calls are such that the service can only refuse them, and asks for the permission first. */
  private async checkWrites(current: string | undefined): Promise<void> {
    const { versions } = this.tools;
    await this.check("store permission", async () => {
      if (!versions.checkMayPut || current === undefined)
        throw new NothingToCheck("cannot be asked for without a change");
      await versions.checkMayPut(this.secretId, current);
      return "secretsmanager:PutSecretValue is allowed";
    });
    await this.check("promote permission", async () => {
      if (current === undefined) throw new NothingToCheck("the secret has no version yet");
      await versions.checkMayMove(this.secretId, current);
      return "secretsmanager:UpdateSecretVersionStage is allowed";
    });
  }

  private async checkSettings(current: Payload | undefined, isEmpty: boolean): Promise<void> {
    const { strategy, settings } = this.tools;
    await this.check("password settings", async () => {
      if (strategy.issue) throw new NothingToCheck("the service makes the value");
      if (current === undefined && !isEmpty) throw new NothingToCheck("the current value is not known");
      const next = current === undefined ? strategy.seed(settings) : strategy.next(current, settings);
      for (const text of strategy.secretTexts(next)) this.tools.redactor.remember(text);
      return current === undefined
        ? "the secret is empty: its seed makes a value"
        : "a next value can be made";
    });
    await this.check("TLS settings", async () => {
      const mode = settings.tls?.mode ?? "verify-full";
      if (mode === "verify-full") return "certificate and host name are verified";
      throw new RotationError("tls", `tls.mode is "${mode}": the server's identity is not verified in full`);
    });
  }

  /** One login; what it fails with says how far it came. */
  private async checkServer(current: Payload): Promise<void> {
    const { strategy } = this.tools;
    const failure = await strategy.test(current, this.issue(current)).then(
      () => undefined,
      (error: unknown) => error,
    );
    const code =
      failure instanceof RotationError ? failure.code : failure === undefined ? undefined : "internal";
    for (const { name, codes, passed } of loginLayers) {
      if (code !== undefined && codes.includes(code)) return this.fail(name, failure);
      this.checks.push({ name, result: "passed", detail: passed });
    }
    if (failure !== undefined) return this.fail("change rights", failure);
    await this.check("change rights", async () => {
      if (!strategy.preflight) throw new NothingToCheck("this strategy needs no right that can be asked for");
      await strategy.preflight(this.issue(current));
      return "the credential may be changed";
    });
    await this.check("password policy", () => this.checkPolicy(current));
  }

  private async checkPolicy(current: Payload): Promise<string> {
    const { strategy, settings, redactor } = this.tools;
    if (!strategy.passwordPolicy) throw new NothingToCheck("the value is no password that a server judges");
    const policy = await strategy.passwordPolicy(this.issue(current));
    const { isKnown, detail } = judgePolicy(policy, () => {
      const [password = ""] = strategy.secretTexts(strategy.next(current, settings));
      redactor.remember(password);
      return password;
    });
    if (!isKnown) throw new NothingToCheck(detail);
    return detail;
  }

  private issue(current: Payload): Issue<Payload> {
    const { settings, budget, versions, redactor } = this.tools;
    const absent = async () => undefined;
    const readSecret = otherSecrets(versions, redactor);
    const { arn: secretArn } = this.description!;
    const reads = { readSecret, previous: absent, stored: absent };
    return { settings, budget, current, secretArn, versionId: "", ...reads };
  }

  private async check(name: CheckName, work: () => Promise<string>): Promise<void> {
    try {
      this.checks.push({ name, result: "passed", detail: await work() });
    } catch (error) {
      if (error instanceof NothingToCheck) {
        this.checks.push({ name, result: "unknown", detail: error.message });
      } else this.fail(name, error);
    }
  }

  private fail(name: CheckName, error: unknown): void {
    const isOurs = error instanceof RotationError;
    const detail = isOurs
      ? this.tools.redactor.redact(error.message)
      : "unexpected error: a defect of the function";
    this.checks.push({ name, result: "failed", detail, code: isOurs ? error.code : "internal" });
  }
}

class NothingToCheck extends Error {}
