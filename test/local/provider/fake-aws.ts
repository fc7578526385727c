import { IncomingMessage, Server, ServerResponse, createServer } from "http";
import { AddressInfo } from "net";

/** One request that the fake got: `KMS.CreateKey` style operation and its input. */
export interface FakeCall {
  readonly operation: string;
  readonly input: Record<string, any>;
  /** Region of the signature's scope. */
  readonly region: string;
  /** Access key that signed. */
  readonly accessKeyId: string;
}

/** An answer, or an error with AWS's code. */
export type FakeAnswer = Record<string, unknown> | { readonly error: string; readonly message: string };

/** An AWS of JSON services and STS whose answers a test scripts. */
export interface FakeAws {
  readonly url: string;
  readonly calls: FakeCall[];
  /** Operation -> answer, or a function of the call. */
  readonly answers: Record<string, FakeAnswer | ((call: FakeCall) => FakeAnswer)>;
  close(): Promise<void>;
}

export async function startFakeAws(): Promise<FakeAws> {
  const fake: Omit<FakeAws, "url" | "close"> = { calls: [], answers: {} };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => answer(fake, request, Buffer.concat(chunks).toString("utf8"), response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...fake,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answer(
  fake: Omit<FakeAws, "url" | "close">,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): void {
  const [, accessKeyId, , region] =
    /Credential=([^/]+)\/(\d+)\/([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
  const target = request.headers["x-amz-target"] as string | undefined;
  const query = new URLSearchParams(body);
  const call: FakeCall = {
    operation: target?.split(".").pop() ?? query.get("Action") ?? "",
    input: target === undefined ? Object.fromEntries(query) : (JSON.parse(body) as Record<string, unknown>),
    region: region ?? "",
    accessKeyId: accessKeyId ?? "",
  };
  fake.calls.push(call);
  const scripted = fake.answers[call.operation] ?? { error: "NotScripted", message: call.operation };
  const result = typeof scripted === "function" ? scripted(call) : scripted;
  if (target === undefined) {
    response.setHeader("content-type", "text/xml");
    response.end(
      `<${call.operation}Response><${call.operation}Result>${xml(result)}</${call.operation}Result></${call.operation}Response>`,
    );
  } else if ("error" in result) {
    response.writeHead(400, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-requestid": "request-1",
    });
    response.end(JSON.stringify({ __type: result["error"], message: result["message"] }));
  } else {
    response.writeHead(200, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-requestid": "request-1",
    });
    response.end(JSON.stringify(result));
  }
}

function xml(value: unknown): string {
  return typeof value === "object" && value !== null
    ? Object.entries(value)
        .map(([name, member]) => `<${name}>${xml(member)}</${name}>`)
        .join("")
    : String(value);
}
