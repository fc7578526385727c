import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { ChildProcesses } from "./child-processes";
import { pinnedVersion } from "./engine-version";
import { installDependencies } from "./install-dependencies";
import { messageOptions } from "./message-options";
import { sdkVersion } from "./resolve-module";
import { runPlugin } from "./run-plugin";
import { runProgram } from "./run-program";

/*
 * The program `pulumi-language-nodejs`: what the engine starts to run Node programs and policy packs. It prints the port
 * it serves as its first line and takes the engine's address as its last argument.
 */

const children = new ChildProcesses();
const engineAddress =
  process.argv
    .slice(2)
    .filter((word) => !word.startsWith("-"))
    .at(-1) ?? "";

const implemented: Record<string, grpc.UntypedHandleCall> = {
  handshake: unary(() => new language.LanguageHandshakeResponse()),
  getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(pinnedVersion)),
  // Programs for the local cloud find every plugin in the engine's home, so there is none to be fetched.
  getRequiredPackages: unary(() => new language.GetRequiredPackagesResponse()),
  run: unary((call) => {
    const onCancel = (cancel: () => void) => void call.on("cancelled", cancel);
    return runProgram(call.request as language.RunRequest, engineAddress, children, onCancel);
  }),
  runPlugin: stream((call) => runPlugin(call, children)),
  installDependencies: stream((call) => installDependencies(call, children)),
  about: unary((call) => aboutNode((call.request as language.AboutRequest).getInfo())),
  cancel: unary(() => {
    children.end();
    // The class of the copy of google-protobuf that `@pulumi/pulumi` uses: another copy's does not mix with it.
    return LanguageRuntimeService.cancel.responseDeserialize(Buffer.alloc(0));
  }),
};

function aboutNode(info: language.ProgramInfo | undefined): language.AboutResponse {
  const response = new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
  const sdk = info && sdkVersion(info.getProgramDirectory());
  if (sdk) response.getMetadataMap().set("@pulumi/pulumi", sdk);
  return response;
}

function unary(
  answer: (call: grpc.ServerUnaryCall<unknown, unknown>) => unknown,
): grpc.handleUnaryCall<unknown, unknown> {
  return (call, reply) => {
    new Promise((resolve) => resolve(answer(call))).then(
      (value) => reply(null, value),
      (error: Error) => reply({ code: grpc.status.INTERNAL, details: error.message }),
    );
  };
}

function stream<Request, Response>(
  serve: (call: grpc.ServerWritableStream<Request, Response>) => void,
): grpc.handleServerStreamingCall<Request, Response> {
  return (call) => {
    try {
      serve(call);
    } catch (error) {
      call.destroy(Object.assign(error as Error, { code: grpc.status.INTERNAL }));
    }
  };
}

function serve(): void {
  const server = new grpc.Server(messageOptions);
  const handlers = Object.entries(LanguageRuntimeService).map(([name]) => {
    const refuse: grpc.handleUnaryCall<unknown, unknown> = (_call, reply) =>
      reply({ code: grpc.status.UNIMPLEMENTED, details: `${name} is not part of this language host` });
    return [name, implemented[name] ?? refuse];
  });
  server.addService(
    LanguageRuntimeService as unknown as grpc.ServiceDefinition,
    Object.fromEntries(handlers) as grpc.UntypedServiceImplementation,
  );
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
}

/** An engine that was killed cannot end its plugins; its process is then no longer the parent of this one. */
function endWithEngine(): void {
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) process.exit(1);
  }, 1000).unref();
}

process.on("exit", () => children.kill());
process.on("SIGINT", () => process.exit(0));
process.on("SIGTERM", () => process.exit(0));
endWithEngine();
serve();
