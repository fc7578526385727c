import { ConnectPostgres, PostgresClient } from "../../rotation-lambdas/drivers/postgres";
import { SecretVersions } from "../../rotation-lambdas/versions";

/** A process that stops after its n-th external call took effect and before it knows: every later call fails too, and its connections break. */
export class CrashPoints {
  private calls = 0;
  private crashAt: number | undefined;
  private open: PostgresClient[] = [];
  private isDead = false;
  /** Names of the calls since the last `arm`. */
  names: string[] = [];

  /** @param at 1 is the first call; none means no crash */
  arm(at?: number): void {
    Object.assign(this, { calls: 0, crashAt: at, isDead: false, names: [], open: [] });
  }

  get crashed(): boolean {
    return this.isDead;
  }

  versions(versions: SecretVersions): SecretVersions {
    return {
      describe: (id) => this.call("describe", () => versions.describe(id)),
      read: (id, which) => this.call("read", () => versions.read(id, which)),
      putPending: (put) => this.call("putPending", () => versions.putPending(put)),
      checkMayMove: (id, token) => this.call("checkMayMove", () => versions.checkMayMove(id, token)),
      moveCurrent: (id, to, from) => this.call("moveCurrent", () => versions.moveCurrent(id, to, from)),
    };
  }

  connect(connect: ConnectPostgres): ConnectPostgres {
    return async (login, timeoutMs) => {
      const client = await this.call("connect", async () => {
        const opened = await connect(login, timeoutMs);
        this.open.push(opened);
        return opened;
      });
      return {
        query: (sql, values) => this.call(sql.slice(0, 30), () => client.query(sql, values)),
        end: () => client.end(),
      };
    };
  }

  private async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.isDead) throw new Error("crashed");
    this.names.push(name);
    if (++this.calls !== this.crashAt) return work();
    await work().catch(() => undefined);
    return this.crash();
  }

  private async crash(): Promise<never> {
    this.isDead = true;
    await Promise.all(this.open.map((client) => client.end().catch(() => undefined)));
    throw new Error("crashed");
  }
}
