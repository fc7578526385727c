import { ChildProcessByStdio, spawn } from "child_process";
import { Readable } from "stream";
import { ServerWritableStream } from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { AnalyzerProxy } from "./analyzer-proxy";
import { ChildProcesses, endChild } from "./child-processes";
import { programEnvironment, RuntimeOptions } from "./program-environment";
import { programCodeCache } from "./program-code-cache";
import { resolveFrom } from "./resolve-module";

type PluginStream = ServerWritableStream<language.RunPluginRequest, language.RunPluginResponse>;

/** A plugin process with its two output streams. */
export type PluginProcess = ChildProcessByStdio<null, Readable, Readable>;

/** Runs a plugin or policy pack written for Node, its output and exit code going to the engine as they come. */
export function runPlugin(call: PluginStream, children: ChildProcesses): void {
  const start = starter(call.request, children);
  const write = (fill: (response: language.RunPluginResponse) => void) => {
    const response = new language.RunPluginResponse();
    fill(response);
    if (!call.cancelled) call.write(response);
  };
  const end = (code: number) => {
    write((response) => response.setExitcode(code));
    call.end();
  };
  if (call.request.getKind() === "analyzer") {
    const proxy = new AnalyzerProxy(start, {
      // A string would be taken for base64.
      stdout: (text) => write((response) => response.setStdout(Buffer.from(text))),
      stderr: (text) => write((response) => response.setStderr(text)),
      end,
    });
    call.on("cancelled", () => proxy.stop());
    return;
  }
  const plugin = start({});
  plugin.stdout.on("data", (chunk: Buffer) => write((response) => response.setStdout(chunk)));
  plugin.stderr.on("data", (chunk: Buffer) => write((response) => response.setStderr(chunk)));
  plugin.once("close", (code) => end(code ?? 1));
  call.on("cancelled", () => endChild(plugin));
}

function starter(
  request: language.RunPluginRequest,
  children: ChildProcesses,
): (extra: NodeJS.ProcessEnv) => PluginProcess {
  const info = request.getInfo()!;
  const folder = info.getProgramDirectory();
  const isAnalyzer = request.getKind() === "analyzer";
  const entry = resolveFrom(folder, `@pulumi/pulumi/cmd/${isAnalyzer ? "run-policy-pack" : "run-plugin"}`);
  const words = isAnalyzer ? [...request.getArgsList(), folder] : [folder, ...request.getArgsList()];
  const options = (info.getOptions()?.toJavaScript() ?? {}) as RuntimeOptions;
  const base = Object.fromEntries(request.getEnvList().map(splitVariable));
  const codeCache = programCodeCache(folder);
  return (extra) =>
    children.add(
      spawn(process.execPath, [...codeCache.nodeArguments, entry, ...words], {
        cwd: isAnalyzer ? folder : request.getPwd(),
        env: { ...programEnvironment(base, options), ...codeCache.env, ...extra },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );
}

function splitVariable(variable: string): [string, string] {
  const equals = variable.indexOf("=");
  return [variable.slice(0, equals), variable.slice(equals + 1)];
}
