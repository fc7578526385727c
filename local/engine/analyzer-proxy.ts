import * as grpc from "@grpc/grpc-js";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { endChild } from "./child-processes";
import { messageOptions } from "./message-options";
import { firstLine } from "./first-line";
import type { PluginProcess } from "./run-plugin";

/** Where the pack's output and end are reported. */
export interface AnalyzerOutput {
  stdout(text: string): void;
  stderr(chunk: Buffer): void;
  end(code: number): void;
}

type Unary = (call: grpc.ServerUnaryCall<Buffer, Buffer>, reply: grpc.sendUnaryData<Buffer>) => void;

/** A started pack: its process and the connection to it. */
interface Pack {
  readonly process: PluginProcess;
  readonly client: grpc.Client;
}

/**
 * Stands between the engine and a policy pack. The engine tells the stack's name and configuration only by a call
 * (`ConfigureStack`), while a Node pack reads them from its environment as it loads: so the pack is started at that call,
 * or at the first other one when the engine has no stack. Every message passes through unread.
 */
export class AnalyzerProxy {
  private readonly server = new grpc.Server(messageOptions);
  private pack: Promise<Pack> | undefined;
  private stopped = false;

  constructor(
    private readonly start: (extra: NodeJS.ProcessEnv) => PluginProcess,
    private readonly output: AnalyzerOutput,
  ) {
    const { definition, implementation } = this.rawService();
    this.server.addService(definition, implementation);
    this.server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) this.finish(1);
      else this.output.stdout(`${port}\n`);
    });
  }

  /** Ends the pack; the engine has no more use for it. */
  stop(): void {
    this.stopped = true;
    this.server.forceShutdown();
    void this.pack?.then(
      (pack) => endChild(pack.process),
      () => undefined,
    );
  }

  private rawService() {
    const definition: Record<string, grpc.MethodDefinition<Buffer, Buffer>> = {};
    const implementation: Record<string, Unary> = {};
    for (const [name, method] of Object.entries(AnalyzerService as unknown as typeof definition)) {
      definition[name] = { ...method, ...unread };
      implementation[name] = (call, reply) => this.answer(name, method.path, call, reply);
    }
    return { definition, implementation };
  }

  private answer(
    name: string,
    path: string,
    call: Parameters<Unary>[0],
    reply: grpc.sendUnaryData<Buffer>,
  ): void {
    // An empty AnalyzerHandshakeResponse is no bytes at all.
    if (name === "handshake") return reply(null, Buffer.alloc(0));
    this.pack ??= this.startPack(name === "configureStack" ? stackEnvironment(call.request) : {});
    this.pack.then(
      ({ client }) =>
        void client.makeUnaryRequest<Buffer, Buffer>(
          path,
          pass,
          pass,
          call.request,
          call.metadata,
          (error, value) => reply(error, value),
        ),
      (error: Error) => reply({ code: grpc.status.UNAVAILABLE, details: error.message }),
    );
  }

  private async startPack(extra: NodeJS.ProcessEnv): Promise<Pack> {
    const process = this.start(extra);
    process.stderr.on("data", (chunk: Buffer) => this.output.stderr(chunk));
    process.once("close", (code) => this.finish(code ?? 1));
    const port = await firstLine(process, (text) => this.output.stdout(text));
    const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), messageOptions);
    if (this.stopped) endChild(process);
    return { process, client };
  }

  private finish(code: number): void {
    this.server.forceShutdown();
    if (!this.stopped) this.output.end(code);
  }
}

const pass = (bytes: Buffer) => bytes;
const unread = {
  requestSerialize: pass,
  requestDeserialize: pass,
  responseSerialize: pass,
  responseDeserialize: pass,
};

/** The variables by which `@pulumi/pulumi` learns the stack and its configuration while a module loads. */
function stackEnvironment(bytes: Buffer): NodeJS.ProcessEnv {
  const stack = analyzer.AnalyzerStackConfigureRequest.deserializeBinary(bytes);
  const names = {
    ORGANIZATION: stack.getOrganization(),
    PROJECT: stack.getProject(),
    STACK: stack.getStack(),
    DRY_RUN: String(stack.getDryRun()),
  };
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(stack.getConfigSecretKeysList()),
    ...Object.fromEntries(
      Object.entries(names).flatMap(([name, value]) => [
        [`PULUMI_${name}`, value],
        [`PULUMI_NODEJS_${name}`, value],
      ]),
    ),
  };
}
