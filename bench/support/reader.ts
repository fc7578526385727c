import { fork } from "node:child_process";
import { once } from "node:events";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** What a reader is told. */
export interface ReaderOptions {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Calls in flight. */
  readonly atOnce: number;
  /** Calls before the measured ones. */
  readonly warm: number;
  readonly reads: number;
}

/** A process that reads one secret over and over through the AWS SDK. */
export interface Reader {
  /** Reads a second. */
  measure(): Promise<number>;
}

/** Starts the process and warms both sides up. @throws Error when it ends before it is warm */
export async function startReader(options: ReaderOptions, secretId: string): Promise<Reader> {
  const child = fork(__filename, [JSON.stringify({ options, secretId })], {
    execArgv: ["-r", "ts-node/register/transpile-only"],
  });
  const answer = async (): Promise<number> => {
    const ended = once(child, "exit").then(() => [undefined]);
    const [message] = await Promise.race([once(child, "message"), ended]);
    if (typeof message !== "number") throw new Error("A reader ended before its measurement.");
    return message;
  };
  await answer();
  return {
    measure: async () => {
      child.send("go");
      return answer();
    },
  };
}

async function serve({ options, secretId }: { options: ReaderOptions; secretId: string }): Promise<void> {
  const { endpoint, credentials, atOnce, warm, reads } = options;
  const secrets = new SecretsManagerClient({ region: "eu-west-1", endpoint, credentials });
  const readMany = async (count: number) => {
    let left = count;
    const worker = async () => {
      while (left-- > 0) await secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };
  await readMany(warm);
  process.send!(0);
  await once(process, "message");
  const started = performance.now();
  await readMany(reads);
  process.send!((reads / (performance.now() - started)) * 1000);
  process.disconnect();
}

if (require.main === module) void serve(JSON.parse(process.argv[2]!));
