import { DatabaseCredential } from "../../components/model/credential";
import { RotationSettings } from "../../components/model/rotation-settings";
import { Driver } from "../../rotation-lambdas/driver";
import { rotationHandler } from "../../rotation-lambdas/handler";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { dualPassword } from "../../rotation-lambdas/strategies/dual-password";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { superuserManaged } from "../../rotation-lambdas/strategies/superuser-managed";
import { Strategy } from "../../rotation-lambdas/strategy";
import { CrashRecorder } from "../../rotation-proof/crash-recorder";
import { FakeSecrets } from "./fake-secrets";
import { rotationSteps } from "./rotation-rig";

/** A server of any engine, as the rig needs it. */
export interface RigServer {
  /** `engine`, `host`, `port` and what else is in each value of a secret for this server. */
  readonly place: object;
  readonly admin: { readonly username: string; readonly password: string };
  /** The driver under test, whose calls go through `recorder`. */
  driver(recorder: CrashRecorder, settings: RotationSettings): Driver;
  logIn(username: string, password: string): Promise<boolean>;
}

const strategies: Record<string, (driver: Driver) => Strategy<DatabaseCredential>> = {
  "single-user": singleUser,
  "alternating-users": alternatingUsers,
  "dual-password": dualPassword,
  "superuser-managed": superuserManaged,
};

/** A rotation function over a server of any engine and secrets in memory. */
export class ServerRig {
  readonly secrets = new FakeSecrets();
  readonly lines: string[] = [];
  readonly masterarn: string;
  recorder = new CrashRecorder();
  remainingMs = 30000;

  constructor(
    readonly server: RigServer,
    readonly settings: RotationSettings,
  ) {
    this.masterarn = this.secrets.add("orders/database-admin", { ...server.place, ...server.admin });
  }

  /** A secret of this server. @returns the ARN */
  addSecret(user: { username: string; password: string }, more: object = {}): string {
    return this.secrets.add("orders/database", { ...this.server.place, ...user, ...more });
  }

  /** One invocation. Rejects with the error that Lambda would report. */
  async step(Step: string, arn: string, token: string): Promise<void> {
    const handler = rotationHandler({
      settings: this.settings,
      strategy: strategies[this.settings.strategy]!(this.server.driver(this.recorder, this.settings)),
      versions: () => this.recorder.wrap("secrets", this.secrets.client()),
      writeLine: (line) => this.lines.push(line),
    });
    const event = { Step, SecretId: arn, ClientRequestToken: token };
    await handler(event, { getRemainingTimeInMillis: () => this.remainingMs });
  }

  async steps(arn: string, token: string): Promise<void> {
    for (const step of rotationSteps) await this.step(step, arn, token);
  }

  /** RotateSecret and its four steps. @returns the outcome of each */
  async rotate(arn: string): Promise<readonly string[]> {
    const token = this.secrets.startRotation(arn);
    const before = this.lines.length;
    await this.steps(arn, token);
    this.secrets.endRotation(arn, token);
    return this.lines.slice(before).map((line) => JSON.parse(line).outcome);
  }

  /** Whether the value at a stage logs in; `undefined` without a value. */
  async logIn(arn: string, stage: string): Promise<boolean | undefined> {
    const value = this.secrets.value(arn, stage);
    return value && this.server.logIn(value.username, value.password);
  }

  /** Error code of the rotation, or "done"; leaves the rotation unfinished. */
  async failure(arn: string): Promise<string> {
    const token = this.secrets.startRotation(arn);
    return this.steps(arn, token).then(
      () => "done",
      () => JSON.parse(this.lines.at(-1)!).code,
    );
  }

  /** Every password that was ever staged. */
  get passwords(): readonly string[] {
    return this.secrets.puts.map(({ text }) => JSON.parse(text).password);
  }
}
