import { spawn } from "child_process";
import { ServerWritableStream } from "@grpc/grpc-js";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { ChildProcesses, endChild } from "./child-processes";

type InstallStream = ServerWritableStream<
  language.InstallDependenciesRequest,
  language.InstallDependenciesResponse
>;

/** Runs `npm install` in the project's folder, its output going to the engine as it comes. */
export function installDependencies(call: InstallStream, children: ChildProcesses): void {
  const folder = call.request.getDirectory() || call.request.getInfo()?.getProgramDirectory();
  const npm = children.add(
    spawn("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }),
  );
  npm.stdout.on("data", (chunk: Buffer) => call.write(responseWith((r) => r.setStdout(chunk))));
  npm.stderr.on("data", (chunk: Buffer) => call.write(responseWith((r) => r.setStderr(chunk))));
  npm.once("error", (error) => call.destroy(error));
  npm.once("close", (code) => {
    if (code === 0) call.end();
    else call.destroy(new Error(`npm install failed in ${folder} with code ${code}`));
  });
  call.on("cancelled", () => endChild(npm));
}

function responseWith(fill: (response: language.InstallDependenciesResponse) => void) {
  const response = new language.InstallDependenciesResponse();
  fill(response);
  return response;
}
