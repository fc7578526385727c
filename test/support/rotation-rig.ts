import { RotationSettings } from "../../components/model/rotation-settings";
import { connectByPg, postgresDriver } from "../../rotation-lambdas/drivers/postgres";
import { rotationHandler } from "../../rotation-lambdas/handler";
import { alternatingUsers } from "../../rotation-lambdas/strategies/alternating-users";
import { singleUser } from "../../rotation-lambdas/strategies/single-user";
import { CrashPoints } from "./crash-points";
import { FakeSecrets } from "./fake-secrets";
import { query, TestPostgres } from "./postgres";

export const rotationSteps = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;

/** A rotation function over a real PostgreSQL and secrets in memory. */
export class RotationRig {
  readonly secrets = new FakeSecrets();
  readonly points = new CrashPoints();
  readonly lines: string[] = [];
  remainingMs = 30000;

  constructor(
    readonly postgres: TestPostgres,
    readonly settings: RotationSettings,
  ) {}

  /** The secret of the superuser, as an administrator's secret. */
  addAdmin(change: object = {}): string {
    return this.secrets.add("orders/database-admin", this.credential(this.postgres.superuser, change));
  }

  credential(user: { username: string; password: string }, change: object = {}): object {
    const { host, port } = this.postgres;
    return { engine: "postgres", host, port, dbname: "postgres", ...user, ...change };
  }

  /** One invocation. Rejects with the error that Lambda would report. */
  async step(Step: string, arn: string, token: string, more: object = {}): Promise<void> {
    const connect = this.points.connect(connectByPg({ mode: "disable", ...this.settings.tls }));
    const driver = postgresDriver(connect);
    const make = this.settings.strategy === "single-user" ? singleUser : alternatingUsers;
    const handler = rotationHandler({
      settings: this.settings,
      strategy: make(driver),
      versions: () => this.points.versions(this.secrets.client()),
      writeLine: (line) => this.lines.push(line),
    });
    const event = { Step, SecretId: arn, ClientRequestToken: token, ...more };
    await handler(event, { getRemainingTimeInMillis: () => this.remainingMs });
  }

  /** RotateSecret and its four steps. @returns the outcome of each */
  async rotate(arn: string): Promise<readonly string[]> {
    const token = this.secrets.startRotation(arn);
    const before = this.lines.length;
    for (const step of rotationSteps) await this.step(step, arn, token);
    this.secrets.endRotation(arn, token);
    return this.lines.slice(before).map((line) => JSON.parse(line).outcome);
  }

  /** `refused`, or the session's and the current user. */
  async logIn(arn: string, stage: string): Promise<string> {
    const value = this.secrets.value(arn, stage);
    if (!value) return "no value";
    const login = {
      host: value.host,
      port: Number(value.port),
      user: value.username,
      password: value.password,
    };
    try {
      const [row] = await query(login, "SELECT session_user || ' as ' || current_user AS who");
      return row.who;
    } catch {
      return "refused";
    }
  }

  get lastReport(): any {
    return JSON.parse(this.lines[this.lines.length - 1] ?? "{}");
  }
}
