import { spawn } from "child_process";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { ChildProcesses, endChild } from "./child-processes";
import { nodeArguments, programEnvironment, RuntimeOptions } from "./program-environment";
import { programCodeCache } from "./program-code-cache";
import { resolveFrom } from "./resolve-module";

/** The program has shown its error to the user itself, so the engine is to end without a word. */
const alreadyReported = 32;

/** Runs a Pulumi program to its end; `onCancel` is given what ends it early. */
export function runProgram(
  request: language.RunRequest,
  engineAddress: string,
  children: ChildProcesses,
  onCancel: (cancel: () => void) => void,
): Promise<language.RunResponse> {
  const info = request.getInfo()!;
  const options = (info.getOptions()?.toJavaScript() ?? {}) as RuntimeOptions;
  const codeCache = programCodeCache(info.getProgramDirectory());
  const words = [
    ...codeCache.nodeArguments,
    ...nodeArguments(options),
    ...programArguments(request, engineAddress),
  ];
  const program = children.add(
    spawn(process.execPath, words, {
      cwd: request.getPwd(),
      env: {
        ...programEnvironment(process.env, options),
        ...codeCache.env,
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      },
      stdio: ["ignore", "inherit", "inherit"],
    }),
  );
  onCancel(() => endChild(program));
  return new Promise((resolve, reject) => {
    program.once("error", reject);
    program.once("exit", (code, signal) => resolve(runResponse(code, signal)));
  });
}

/** What the engine is told of a program that ended. */
export function runResponse(code: number | null, signal: NodeJS.Signals | null): language.RunResponse {
  const response = new language.RunResponse();
  if (code === alreadyReported) response.setBail(true);
  else if (code === null) response.setError(`Program was ended by ${signal}`);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

function programArguments(request: language.RunRequest, engineAddress: string): string[] {
  const info = request.getInfo()!;
  const flags: readonly (readonly [string, string | number])[] = [
    ["monitor", request.getMonitorAddress()],
    ["engine", engineAddress],
    ["organization", request.getOrganization()],
    ["project", request.getProject()],
    ["root-directory", info.getRootDirectory()],
    ["stack", request.getStack()],
    ["pwd", info.getProgramDirectory()],
    ["parallel", request.getParallel()],
  ];
  return [
    resolveFrom(info.getProgramDirectory(), "@pulumi/pulumi/cmd/run"),
    ...flags.flatMap(([name, value]) => (value ? [`--${name}`, String(value)] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info.getEntryPoint(),
    ...request.getArgsList(),
  ];
}
