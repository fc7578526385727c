import { randomUUID } from "crypto";
import * as http from "http";
import { AddressInfo } from "net";
import { controlAnswer } from "./control";
import { Cloud } from "./core/cloud";
import { ReplyLost } from "./core/faults";
import { HttpAnswer, HttpRequest } from "./protocols";
import { RequestHandler } from "./request-handler";

/** The largest body that is read: a function's zip in base64. */
const MAX_BODY_BYTES = 100 << 20;

/** A listening server. */
export interface RunningServer {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Whether the control endpoint is open. */
  readonly control: boolean;
}

/**
 * Serves the cloud on 127.0.0.1 only.
 *
 * @throws Error with a message fit to be shown, when the port is in use or not allowed
 */
export async function startServer(cloud: Cloud, { port, control }: ServerOptions): Promise<RunningServer> {
  const handler = new RequestHandler(cloud);
  const server = http.createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    void readRequest(request)
      .then(async (read) => {
        if (read === undefined) return send(response, { status: 413, headers: {}, body: "" }, randomUUID());
        const requestId = randomUUID();
        const answer = (await controlAnswer(cloud, read, control)) ?? (await handler.answer(read, requestId));
        send(response, answer, requestId);
      })
      .catch((error: unknown) => {
        if (!(error instanceof ReplyLost)) process.stderr.write(`${(error as Error).stack}\n`);
        request.socket.destroy();
      });
  });
  await listen(server, port);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cloud.url = url;
  return { url, close: () => close(server) };
}

function listen(server: http.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const inUse = `Port ${port} is in use. Stop what uses it, or choose another with --port (0 for any free one).`;
      const text = error.code === "EADDRINUSE" ? inUse : `Port ${port} cannot be used: ${error.message}`;
      reject(new Error(text));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

function close(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The whole request; `undefined` when its body is too large. @throws Error when the connection breaks */
function readRequest(request: http.IncomingMessage): Promise<HttpRequest | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on("error", reject);
    request.on("end", () => {
      const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      resolve({ method: request.method!, target: request.url!, headers: headersOf(request), body });
    });
  });
}

function headersOf(request: http.IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in request.headers) {
    const value = request.headers[name]!;
    headers[name] = typeof value === "string" ? value : value.join(",");
  }
  return headers;
}

function send(response: http.ServerResponse, answer: HttpAnswer, requestId: string): void {
  const { status, headers, body } = answer;
  response.writeHead(status, {
    ...headers,
    "x-amzn-requestid": requestId,
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
