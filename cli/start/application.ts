import { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Credentials, endpointUrl, Route } from "./aws";
import { Platform } from "./platform";

/** Longest wait for the application to get as far as it is asked for. */
const TIMEOUT_MS = 30_000;

/** What the application says of itself once a second, and at its end. */
export interface Seen {
  readonly queries: number;
  /** Queries that failed although everything was tried: what its users would have seen. */
  readonly failures: number;
  /** Refused logins that a second read of the secret absorbed. */
  readonly retries: number;
  readonly user: string;
  readonly versionId: string;
  readonly final?: boolean;
}

/** The orders application as a process of its own, with its role's credentials, through its VPC endpoint. */
export class Application {
  private latest: Seen | undefined;
  private readonly complaints: string[] = [];

  private constructor(
    private readonly platform: Platform,
    private readonly child: ChildProcess,
  ) {
    createInterface({ input: child.stdout! }).on("line", (line) => (this.latest = JSON.parse(line) as Seen));
    createInterface({ input: child.stderr! }).on("line", (line) => this.complaints.push(line));
  }

  static start(platform: Platform, secretArn: string, credentials: Credentials, route: Route): Application {
    const env = {
      PATH: process.env.PATH,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      SECRET_ID: secretArn,
      SECRET_MAX_AGE_SECONDS: "1",
      AWS_ENDPOINT_URL: endpointUrl(platform, route),
      AWS_REGION: route.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      PGSSLROOTCERT: platform.database.caFile,
    };
    const script = join(platform.root, "dist/orders-app.js");
    const child = platform.children.start(process.execPath, [script], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new Application(platform, child);
  }

  /** Resolves when what the application last said satisfies `condition`. @throws Error when it ends or takes too long */
  async until(what: string, condition: (seen: Seen) => boolean): Promise<Seen> {
    const deadline = Date.now() + TIMEOUT_MS;
    while (Date.now() < deadline) {
      if (this.latest !== undefined && condition(this.latest)) return this.latest;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const said = [JSON.stringify(this.latest ?? "nothing"), ...this.complaints.slice(-3)].join("; ");
    throw new Error(`the application did not come to ${what}; it said ${said}`);
  }

  /** Ends the application and returns its last words. */
  async stop(): Promise<Seen> {
    await this.platform.children.stop(this.child);
    return this.until("an orderly end", (seen) => seen.final === true);
  }
}
