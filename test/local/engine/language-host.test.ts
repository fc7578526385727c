import { strict as assert } from "assert";
import { ChildProcess, spawn } from "child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { createInterface } from "readline";
import * as grpc from "@grpc/grpc-js";
import { LanguageRuntimeClient, LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { buildSync } from "esbuild";
import { runResponse } from "../../../local/engine/run-program";

const root = join(__dirname, "../../..");

describe("the language host", function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), "strongroom-host-"));
  let host: ChildProcess;
  let client: LanguageRuntimeClient;

  before(async () => {
    const outfile = join(folder, "host.js");
    const entryPoints = [join(root, "local/engine/language-host.ts")];
    buildSync({ entryPoints, outfile, bundle: true, platform: "node" });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    // Its parent is a shell, so that the shell's end can stand for the engine's.
    host = spawn("/bin/sh", ["-c", `"${process.execPath}" "${outfile}" 127.0.0.1:1; true`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise<string>((resolve) => createInterface(host.stdout!).once("line", resolve));
    client = new LanguageRuntimeClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });

  after(() => {
    client.close();
    host.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  it("answers what the engine asks of a language", async () => {
    const info = new language.ProgramInfo().setProgramDirectory(folder);
    const { version } = JSON.parse(
      readFileSync(join(root, "node_modules/@pulumi/pulumi/package.json"), "utf8"),
    );
    const about = await ask<language.AboutResponse>("about", new language.AboutRequest().setInfo(info));
    assert.deepEqual(about.toObject(), {
      executable: process.execPath,
      version: process.version,
      metadataMap: [["@pulumi/pulumi", version]],
    });
    const packages = await ask<language.GetRequiredPackagesResponse>(
      "getRequiredPackages",
      new language.GetRequiredPackagesRequest(),
    );
    assert.deepEqual(packages.toObject(), { packagesList: [], specsList: [] });
    assert.deepEqual((await ask<language.RunResponse>("cancel", empty())).toObject(), {});
  });

  it("refuses the rest by name", async () => {
    await assert.rejects(ask("pack", new language.PackRequest()), {
      code: grpc.status.UNIMPLEMENTED,
      details: "pack is not part of this language host",
    });
  });

  it("says what to do when a program's packages are missing", async () => {
    const info = new language.ProgramInfo().setProgramDirectory("/").setEntryPoint(".");
    await assert.rejects(ask("run", new language.RunRequest().setInfo(info).setPwd("/")), {
      details: '@pulumi/pulumi/cmd/run is not to be found from /: run "npm install" there.',
    });
  });

  it("gives a plugin's output and exit code", async () => {
    assert.deepEqual(await runPlugin(`console.log("out"); console.error("err"); process.exitCode = 3`), {
      ...{ stdout: "out\n", stderr: "err\n", code: 3 },
    });
  });

  it("ends the processes it started when the engine is gone", async function () {
    if (!existsSync("/proc/self/stat")) return this.skip();
    let pid = 0;
    const ended = runPlugin(`console.log(process.pid); setInterval(() => undefined, 1000)`, (text) => {
      pid = Number(text);
      host.kill("SIGKILL");
    });
    await assert.rejects(ended, { code: grpc.status.UNAVAILABLE });
    for (let tenths = 0; tenths < 30 && isRunning(pid); tenths++)
      await new Promise((r) => setTimeout(r, 100));
    assert.ok(!isRunning(pid));
  });

  /** Runs a program as a plugin that is no policy pack. */
  function runPlugin(source: string, onOutput?: (text: string) => void) {
    const file = join(folder, "plugin.js");
    writeFileSync(file, source);
    writeFileSync(join(folder, "package.json"), '{"name":"plugin","main":"plugin.js"}');
    const info = new language.ProgramInfo().setProgramDirectory(folder).setEntryPoint(".");
    const request = new language.RunPluginRequest().setInfo(info).setKind("resource").setPwd(folder);
    request.setEnvList(Object.entries(process.env).map(([name, value]) => `${name}=${value}`));
    const seen = { stdout: "", stderr: "", code: -1 };
    return new Promise<typeof seen>((resolve, reject) => {
      const stream = client.runPlugin(request);
      stream.on("data", (response: language.RunPluginResponse) => {
        const text = Buffer.from(response.getStdout_asU8()).toString();
        seen.stdout += text;
        seen.stderr += Buffer.from(response.getStderr_asU8()).toString();
        if (response.getOutputCase() === language.RunPluginResponse.OutputCase.EXITCODE) {
          seen.code = response.getExitcode();
        }
        if (text) onOutput?.(text);
      });
      stream.on("error", reject);
      stream.on("end", () => resolve(seen));
    });
  }

  function ask<R>(method: string, request: unknown): Promise<R> {
    return new Promise((resolve, reject) => {
      const call = (client as unknown as Record<string, Function>)[method]!.bind(client);
      call(request, (error: Error | null, response: R) => (error ? reject(error) : resolve(response)));
    });
  }
});

describe("runResponse", () => {
  for (const [what, code, signal, expected] of [
    ["success", 0, null, { error: "", bail: false }],
    ["an error that was shown already", 32, null, { error: "", bail: true }],
    ["another exit code", 7, null, { error: "Program exited with non-zero exit code: 7", bail: false }],
    ["a signal", null, "SIGKILL", { error: "Program was ended by SIGKILL", bail: false }],
  ] as const) {
    it(`tells the engine of ${what}`, () => assert.deepEqual(runResponse(code, signal).toObject(), expected));
  }
});

function empty() {
  return LanguageRuntimeService.cancel.requestDeserialize(Buffer.alloc(0));
}

function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
