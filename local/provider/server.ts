import {
  Server,
  ServerCredentials,
  ServiceError,
  UntypedServiceImplementation,
  handleServerStreamingCall,
  handleUnaryCall,
  status,
} from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { create, read, remove, update } from "./handlers/changes";
import {
  checkConfig,
  configure,
  diffConfig,
  getPluginInfo,
  handshake,
  invoke,
} from "./handlers/configuration";
import { check, diff } from "./handlers/planning";
import { InitFailure } from "./init-failure";
import { LocalProvider } from "./provider";
import { emptyMessage } from "./values";

/** Answers to a request, or a promise of one. */
type Handler = (request: any, provider: LocalProvider) => unknown;

const HANDLERS: Readonly<Record<string, Handler>> = {
  handshake,
  attach: () => emptyMessage(),
  cancel: () => emptyMessage(),
  getPluginInfo,
  checkConfig,
  diffConfig,
  configure,
  invoke,
  check,
  diff,
  create,
  read,
  update,
  delete: remove,
};

/** Largest message, as in Pulumi's engine: functions travel in their archives. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** A running provider. */
export interface RunningProvider {
  readonly port: number;
  stop(): void;
}

/** Starts a provider on a free port of the loopback interface. */
export async function startProvider(): Promise<RunningProvider> {
  const server = new Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(ResourceProviderService, implementation(new LocalProvider()));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, stop: () => server.forceShutdown() };
}

function implementation(provider: LocalProvider): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(ResourceProviderService).map(([name, definition]) => [
      name,
      (definition as { responseStream: boolean }).responseStream
        ? refuseStream(name)
        : unary(name, HANDLERS[name], provider),
    ]),
  );
}

function unary(
  name: string,
  handler: Handler | undefined,
  provider: LocalProvider,
): handleUnaryCall<unknown, unknown> {
  return (call, callback) => {
    if (handler === undefined) {
      callback(unimplemented(name));
      return;
    }
    Promise.resolve()
      .then(() => handler(call.request, provider))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(grpcError(error)),
      );
  };
}

function refuseStream(name: string): handleServerStreamingCall<unknown, unknown> {
  return (call) => {
    call.emit("error", unimplemented(name));
  };
}

function unimplemented(name: string): { code: status; details: string } {
  return { code: status.UNIMPLEMENTED, details: `the local provider does not implement ${name}` };
}

function grpcError(error: unknown): Partial<ServiceError> {
  const { message } = error as Error;
  return error instanceof InitFailure
    ? { code: status.UNKNOWN, details: message, metadata: error.metadata }
    : { code: status.UNKNOWN, details: message };
}
