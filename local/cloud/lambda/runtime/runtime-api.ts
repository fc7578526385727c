import * as http from "http";
import { AddressInfo } from "net";
import type { Invocation } from "./function-process";

/** What a process answered to an invocation. */
export interface Outcome {
  readonly payload: Buffer;
  readonly isError: boolean;
  /** The process has ended or is about to. */
  readonly isFatal?: boolean;
  readonly maxRssKilobytes?: number;
}

interface Pending {
  readonly invocation: Invocation;
  readonly settle: (outcome: Outcome) => void;
}

/**
 * The Lambda Runtime API for one process, on a loopback port of its own.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  private readonly server = http.createServer((request, response) => void this.answer(request, response));
  private pending: Pending | undefined;
  private waiting: http.ServerResponse | undefined;
  private final: Outcome | undefined;

  /** @returns the value of AWS_LAMBDA_RUNTIME_API */
  listen(): Promise<string> {
    // A handler may take up to fifteen minutes before its process asks again.
    this.server.keepAliveTimeout = 0;
    this.server.requestTimeout = 0;
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(0, "127.0.0.1", () => {
        resolve(`127.0.0.1:${(this.server.address() as AddressInfo).port}`);
      });
    });
  }

  /** Gives the process one invocation and waits for its answer. */
  run(invocation: Invocation): Promise<Outcome> {
    if (this.final) return Promise.resolve(this.final);
    return new Promise((settle) => {
      this.pending = { invocation, settle };
      if (this.waiting) this.hand(this.waiting);
    });
  }

  /** Ends what runs, and everything later, with this outcome. */
  end(outcome: Outcome): void {
    this.final ??= outcome;
    this.settle(this.final);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const route = (request.url ?? "").replace("/2018-06-01/runtime/", "");
    if (route === "invocation/next") {
      if (this.pending) this.hand(response);
      else this.waiting = response;
      return;
    }
    const payload = await readBody(request);
    const maxRssKilobytes = Number(request.headers["x-max-rss"] ?? 0);
    const [, requestId, kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(route) ?? [];
    const isKnown = route === "init/error" || requestId === this.pending?.invocation.requestId;
    response.writeHead(isKnown ? 202 : 404, { "content-type": "application/json" });
    response.end(isKnown ? '{"status":"OK"}' : '{"errorType":"InvalidRequestID"}');
    if (!isKnown) return;
    if (route === "init/error") this.end({ payload, isError: true, isFatal: true });
    else this.settle({ payload, isError: kind === "error", maxRssKilobytes });
  }

  private settle(outcome: Outcome): void {
    const { pending } = this;
    this.pending = undefined;
    pending?.settle(outcome);
  }

  private hand(response: http.ServerResponse): void {
    const { requestId, event, invokedArn, timeoutSeconds } = this.pending!.invocation;
    this.waiting = undefined;
    response.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": requestId,
      "lambda-runtime-deadline-ms": String(Date.now() + timeoutSeconds * 1000),
      "lambda-runtime-invoked-function-arn": invokedArn,
    });
    response.end(event);
  }
}

async function readBody(request: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
