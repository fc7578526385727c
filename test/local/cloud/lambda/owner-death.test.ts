import { strict as assert } from "assert";
import { spawn } from "child_process";
import { existsSync, readFileSync } from "fs";
import { join } from "path";
import { createInterface } from "readline";

/** A cloud in a process of its own, with functions at work; prints their process ids. */
const owner = `
require("ts-node/register/transpile-only");
const { lambdaRig } = require(${JSON.stringify(join(__dirname, "rig"))});
(async () => {
  const rig = await lambdaRig();
  const idle = await rig.create("exports.handler = async () => process.pid");
  const loop = await rig.create("exports.handler = async () => { for (;;); }", { Timeout: 900 });
  await rig.invoke(idle);
  rig.invoke(loop).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  console.log("ready");
  setInterval(() => undefined, 1000);
})();`;

describe("processes of functions", function () {
  this.timeout(30_000);

  it("end with the cloud, even when it is killed outright", async function () {
    if (!existsSync(`/proc/${process.pid}/stat`)) return this.skip();
    const cloud = spawn(process.execPath, ["-e", owner], { stdio: ["ignore", "pipe", "ignore"] });
    for await (const line of createInterface(cloud.stdout)) if (line.startsWith("ready")) break;
    const pids = childrenOf(cloud.pid!);
    assert.equal(pids.length, 2);
    cloud.kill("SIGKILL");
    for (let tenths = 0; tenths < 50 && pids.some(isRunning); tenths++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.deepEqual(pids.filter(isRunning), []);
  });
});

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.split(" ").filter(Boolean).map(Number);
}

function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
